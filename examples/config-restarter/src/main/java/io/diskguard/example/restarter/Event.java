/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

/** What happens to the supervisor. */
sealed interface Event {
    /** The child is to be started, whatever the file is. */
    record Start() implements Event {}

    /** The file has other content than the child was last given. */
    record Changed() implements Event {}

    /** The child has ended and was reaped; processes of its group may be left. */
    record Ended(int code) implements Event {}

    /** No process of the child's group is left. */
    record Gone() implements Event {}

    /** The grace after the last signal to the group is over. */
    record Deadline() implements Event {}

    /** The supervisor was asked to end, by this signal. */
    record Stop(int signal) implements Event {}

    /** The supervisor got a signal that is meant for the child. */
    record Received(int signal) implements Event {}

    /** A start failed; {@code code} is what a shell would answer. */
    record CannotStart(int code) implements Event {}
}
