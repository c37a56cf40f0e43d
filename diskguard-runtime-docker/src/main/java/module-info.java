/* SPDX-License-Identifier: Apache-2.0 */
/** Docker's containers through its unix socket: by id, and as the pods of a node without Kubernetes. */
module io.diskguard.runtime.docker {
    requires transitive io.diskguard.core;
    requires com.github.dockerjava.api;
    requires com.github.dockerjava.core;
    requires com.github.dockerjava.transport;
    requires com.github.dockerjava.transport.zerodep;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.diskguard.runtime.docker;

    provides io.diskguard.spi.RuntimeResolver.Factory with
            io.diskguard.runtime.docker.DockerResolverFactory;
}
