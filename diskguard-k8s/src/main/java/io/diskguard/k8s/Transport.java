/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.util.concurrent.ThreadPoolExecutor;

/** The JDK's HTTP client on few threads: the client's own default makes one for each request at a time. */
final class Transport extends JdkHttpClientFactory {
    private final ThreadPoolExecutor pool = Tasks.pool("diskguard-k8s-http");

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return HttpClient.newBuilder().executor(pool);
    }

    void close() {
        pool.shutdownNow();
    }
}
