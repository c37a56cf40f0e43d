/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.nio.file.Path;
import java.util.Optional;

/** What the command line says of this node. Immutable. */
public record NodeArguments(Optional<Path> config, Optional<Path> plugins) {}
