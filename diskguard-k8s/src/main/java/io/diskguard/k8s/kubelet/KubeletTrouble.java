/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a request, and what to do about it. Never quotes what was sent, nor what pods hold. */
final class KubeletTrouble {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private KubeletTrouble() {}

    /**
     * No answer began.
     *
     * @param where the kubelet's host and port
     */
    static String of(String where, Throwable problem, Duration patience) {
        var untrusted = find(UntrustedException.class, problem);
        if (untrusted.isPresent()) {
            return String.valueOf(untrusted.get().getMessage());
        }
        if (find(UnknownHostException.class, problem).isPresent()
                || find(UnresolvedAddressException.class, problem).isPresent()) {
            return "the kubelet's host name is not known: " + where;
        }
        if (find(HttpTimeoutException.class, problem).isPresent()) {
            return "the kubelet at " + where + " did not answer within " + patience.toSeconds() + " s";
        }
        var tls = find(SSLException.class, problem);
        if (tls.isPresent() && !isEndOfStream(tls.get())) {
            var message = String.valueOf(tls.get().getMessage());
            return "TLS with the kubelet at " + where + " failed: " + message
                    + (message.contains("certificate")
                            ? "; it may want another client certificate: see kubelet_client_cert_path"
                            : "");
        }
        if (find(ConnectException.class, problem).isPresent()) {
            return "the kubelet at " + where
                    + " refuses connections: is it there, and are kubelet_host and kubelet_port right?";
        }
        if (find(IOException.class, problem).isPresent()) {
            return "the kubelet at " + where
                    + " closes connections without an answer: does it want a client certificate, see "
                    + "kubelet_client_cert_path?";
        }
        return "the kubelet at " + where + " cannot be asked: "
                + problem.getClass().getSimpleName();
    }

    /** An answer began and could not be read. */
    static String ofBody(String where, IOException problem) {
        if (find(Bounded.TooLargeException.class, problem).isPresent()) {
            return "the answer of the kubelet at " + where + " is too large to be one";
        }
        var json = find(JsonProcessingException.class, problem);
        if (json.isPresent()) {
            return find(EOFException.class, problem).isPresent() || isCutOff(json.get())
                    ? brokeOff(where)
                    : "the kubelet at " + where + " answered with what is no list of pods";
        }
        return brokeOff(where);
    }

    static String late(String where, Duration patience) {
        return "the kubelet at " + where + " did not end its answer within " + patience.toSeconds() + " s";
    }

    /** @param said the kubelet's own words, shortened and without secrets; may be empty */
    static String ofAnswer(String path, int code, String said) {
        return switch (code) {
            case UNAUTHORIZED ->
                "the kubelet does not accept this agent's credentials (401): is the token of this cluster and not expired,"
                        + " or the client certificate signed by the kubelet's client CA?";
            case FORBIDDEN ->
                "not permitted to read " + path
                        + " of the kubelet (403): the agent's ClusterRole must grant verb get on " + permission(path)
                        + (said.isEmpty() ? "" : "; " + said);
            case NOT_FOUND -> "the kubelet has no " + path + " (404): is kubelet_port the kubelet's?";
            default -> "the kubelet answered " + code + " to " + path;
        };
    }

    /**
     * From the kubelet's table of paths and subresources (Kubernetes: kubelet authentication/authorization); nodes/pods is
     * looked at by kubelets with KubeletFineGrainedAuthz (KEP-2862: on by default from 1.33), and nodes/proxy by all.
     */
    private static String permission(String path) {
        return path.startsWith("/metrics") ? "nodes/metrics" : "nodes/pods, or for kubelets before 1.33 nodes/proxy";
    }

    private static String brokeOff(String where) {
        return "the answer of the kubelet at " + where + " broke off";
    }

    private static boolean isCutOff(JsonProcessingException json) {
        return json instanceof JsonEOFException;
    }

    private static boolean isEndOfStream(SSLException tls) {
        return find(EOFException.class, tls).isPresent();
    }

    private static <E extends Throwable> Optional<E> find(Class<E> type, Throwable problem) {
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
