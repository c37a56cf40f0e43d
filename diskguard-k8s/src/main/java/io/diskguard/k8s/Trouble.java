/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a request, and what to do about it. Never quotes what the request carried. */
final class Trouble {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LENGTH_MAX = 500;

    private Trouble() {}

    /**
     * @param verbs of RBAC, as in {@code list and watch}
     * @param resource of RBAC, as in {@code pods}
     */
    static String of(String verbs, String resource, Throwable problem) {
        for (@Nullable Throwable cause = problem; cause != null; cause = next(cause)) {
            if (cause instanceof KubernetesClientException answer && answer.getCode() > 0) {
                var status = answer.getStatus();
                var message = status == null || status.getMessage() == null ? "" : status.getMessage();
                return ofAnswer(verbs, resource, answer.getCode(), message);
            }
            if (cause instanceof LetGo.TooLargeException) {
                return "the API server's answer is too large to be one";
            }
            if (cause instanceof JsonProcessingException
                    || cause instanceof NonsenseException
                    || cause instanceof ZipException) {
                return "the API server's answer to " + verbs + " " + resource
                        + " cannot be understood: is it an API server that answers there, or a proxy?";
            }
            if (cause instanceof UnknownHostException) {
                return "the API server's host name is not known" + detail(cause);
            }
            if (cause instanceof CertificateException || cause instanceof SSLException) {
                return "TLS with the API server failed, is the CA the cluster's and the host name in its certificate? "
                        + root(cause);
            }
            if (cause instanceof ConnectException && !(cause.getCause() instanceof ConnectException)) {
                if (hasUnresolvedAddress(cause)) {
                    return "the API server's host name is not known";
                }
                return "the API server refuses connections" + detail(cause);
            }
            if (cause instanceof HttpTimeoutException
                    || cause instanceof TimeoutException
                    || cause instanceof CancellationException) {
                return "the API server did not answer in time";
            }
        }
        return "the API server cannot be reached: " + root(problem);
    }

    /** The message is the API server's own. */
    static String ofAnswer(String verbs, String resource, int code, String message) {
        var said = cut(message);
        return switch (code) {
            case UNAUTHORIZED -> "the API server does not accept this agent's credentials (401): are they expired?";
            case FORBIDDEN ->
                "not permitted to " + verbs + " " + resource + " (403): the agent's ClusterRole must grant verb "
                        + verbs + " on " + resource + (said.isEmpty() ? "" : "; " + said);
            default -> "the API server answered " + code + (said.isEmpty() ? "" : ": " + said);
        };
    }

    /** How the JDK's HTTP client says that a name is not known. */
    private static boolean hasUnresolvedAddress(Throwable problem) {
        for (@Nullable Throwable cause = problem; cause != null; cause = next(cause)) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static String detail(Throwable cause) {
        return cause.getMessage() == null ? "" : ": " + cut(cause.getMessage());
    }

    /** One line of bounded length, whoever wrote it. */
    private static String cut(String words) {
        var text = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    }

    private static String root(Throwable problem) {
        var cause = problem;
        for (var next = next(cause); next != null; next = next(cause)) {
            cause = next;
        }
        var name = cause instanceof CompletionException ? "" : cause.getClass().getSimpleName();
        return name + detail(cause);
    }
}
