/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartDecision.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** Written as it comes; what is cut off by an error is no JSON. */
final class JsonReport extends Report {
    private final PrintWriter out;
    private final JsonGenerator to;

    JsonReport(PrintWriter out) throws IOException {
        this.out = out;
        to = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                .setPrettyPrinter(new DefaultPrettyPrinter());
        to.writeStartObject();
        to.writeArrayFieldStart("decisions");
    }

    @Override
    void decided(Told told) throws IOException {
        var decision = told.decision();
        to.writeStartObject();
        to.writeStringField("time", decision.at().toString());
        to.writeStringField("kind", decision.kind().name().toLowerCase(Locale.ROOT));
        to.writeStringField("container", told.container());
        to.writeStringField("disk", decision.disk().name());
        to.writeStringField("device", decision.disk().id().toString());
        to.writeStringField("window", told.window());
        limit("before", told.before());
        limit("after", told.after());
        to.writeStringField("reason", decision.reason());
        to.writeEndObject();
    }

    @Override
    void end(Outcome outcome) throws IOException {
        var ledger = outcome.ledger();
        to.writeEndArray();
        to.writeArrayFieldStart("containers");
        for (var account : ledger.told()) {
            account(ledger, account);
        }
        to.writeEndArray();
        to.writeStringField("simulated", outcome.what());
        if (ledger.first().isPresent()) {
            to.writeStringField("from", ledger.first().get().toString());
            to.writeStringField("to", ledger.newest().orElseThrow().toString());
        }
        to.writeNumberField("rounds", ledger.rounds());
        to.writeNumberField("missing_rounds", outcome.missing());
        to.writeArrayFieldStart("notes");
        for (var note : outcome.notes()) {
            to.writeString(note);
        }
        to.writeEndArray();
        to.writeEndObject();
        to.flush();
        out.println();
        out.flush();
    }

    private void account(Ledger ledger, Account account) throws IOException {
        to.writeStartObject();
        to.writeStringField("container", account.container());
        to.writeStringField("disk", account.disk().name());
        to.writeStringField("device", account.disk().id().toString());
        to.writeNumberField("throttled_seconds", account.throttled().toSeconds());
        to.writeNumberField("applied", account.count(Kind.APPLY));
        to.writeNumberField("updated", account.count(Kind.UPDATE));
        to.writeNumberField("released", account.count(Kind.RELEASE));
        to.writeObjectFieldStart("highest");
        for (var key : LimitKey.values()) {
            to.writeNumberField(key.key(), rounded(account.highest(key)));
        }
        to.writeEndObject();
        to.writeObjectFieldStart("held_back");
        for (var key : account.limited()) {
            to.writeNumberField(key.key(), rounded(account.heldBack(key)));
        }
        to.writeEndObject();
        if (account.curve().isPresent() && ledger.axis().isPresent()) {
            chart(ledger, account.curve().get(), TextReport.shown(account));
        }
        to.writeEndObject();
    }

    private void chart(Ledger ledger, Curve curve, Set<LimitKey> keys) throws IOException {
        var axis = ledger.axis().orElseThrow();
        var stretches = ledger.newest().map(axis::index).orElse(0) + 1;
        to.writeObjectFieldStart("chart");
        to.writeStringField("start", axis.start().toString());
        to.writeNumberField("step_seconds", axis.stretch().toMillis() / 1e3);
        for (var key : keys) {
            to.writeObjectFieldStart(key.key());
            to.writeArrayFieldStart("rate");
            for (var i = 0; i < stretches; i++) {
                var rate = curve.rate(key, i, i + 1);
                if (rate < 0) {
                    to.writeNull();
                } else {
                    to.writeNumber(rounded(rate));
                }
            }
            to.writeEndArray();
            to.writeArrayFieldStart("limit");
            for (var i = 0; i < stretches; i++) {
                to.writeNumber(Math.round(curve.limit(key, i, i + 1)));
            }
            to.writeEndArray();
            to.writeEndObject();
        }
        to.writeEndObject();
    }

    private void limit(String field, IoLimit limit) throws IOException {
        to.writeObjectFieldStart(field);
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond limited) {
                to.writeNumberField(key.key(), limited.value());
            } else {
                to.writeStringField(key.key(), limit.get(key).toString());
            }
        }
        to.writeEndObject();
    }

    private static double rounded(double number) {
        return Math.round(number * 1e3) / 1e3;
    }
}
