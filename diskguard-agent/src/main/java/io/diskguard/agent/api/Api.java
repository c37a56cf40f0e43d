/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Page;
import io.diskguard.agent.http.Request;
import io.diskguard.agent.http.Routes;
import java.util.List;
import java.util.Optional;

/** Everything below {@code /api/v1}. Thread-safe. */
public final class Api implements Routes {
    static final String PATH = "/api/v1";

    private final List<Route> routes;

    public Api(Known known) {
        var containers = new Containers(known.view());
        var limits = new LimitStatuses(known.view());
        var node = new NodeAnswers(known, this::endpoints);
        var configuration = new ConfigAnswers(known.configuration());
        var pods = new PodAnswers(known.guard());
        this.routes = List.of(
                new Route(
                        "containers",
                        List.of("limit", "namespace", "pod", "include_trend", "include_history"),
                        (names, query) -> containers.all(query)),
                new Route("containers/{id}", List.of(), (names, query) -> containers.one(names.get(0))),
                new Route(
                        "limit-status",
                        List.of("limit", "namespace", "pod", "only_limited"),
                        (names, query) -> limits.all(query)),
                new Route("limit-status/{id}", List.of(), (names, query) -> limits.one(names.get(0))),
                new Route("disks", List.of(), (names, query) -> node.disks()),
                new Route("decisions", List.of("limit", "namespace", "pod"), (names, query) -> pods.decisions(query)),
                new Route("problems", List.of(), (names, query) -> Problem.reply(new Problems(known).all())),
                new Route("health", List.of(), (names, query) -> node.health()),
                new Route("info", List.of(), (names, query) -> node.info()),
                new Route("config", List.of(), (names, query) -> configuration.now()),
                new Route("config/history", List.of(), (names, query) -> configuration.history()),
                new Route(
                        "explain/{namespace}/{pod}",
                        List.of(),
                        (names, query) -> pods.explain(names.get(0), names.get(1))),
                new Route("openapi.json", List.of(), (names, query) -> OpenApi.reply()));
    }

    @Override
    public boolean own(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    @Override
    public Page answer(Request request) {
        var path = request.path()
                .substring(Math.min(PATH.length() + 1, request.path().length()));
        try {
            for (var route : routes) {
                var names = route.match(path);
                if (names.isPresent()) {
                    var query = Query.of(request.query(), route.parameters());
                    return route.handler().answer(names.get(), query).page();
                }
            }
            throw Refused.missing("there is nothing at this path; there is: " + String.join(", ", endpoints()));
        } catch (Refused e) {
            return Reply.error(e.status(), e.words(), e.parameter());
        }
    }

    @Override
    public Page refuse(int status, String words) {
        return Reply.error(status, words, Optional.empty());
    }

    /** Every path, its names in braces. */
    List<String> endpoints() {
        return routes.stream().map(route -> PATH + "/" + route.template()).toList();
    }
}
