/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Event;
import java.util.Optional;

/** Hands what happens to containers on, until the daemon or the connection is lost. */
final class EventStream extends ResultCallbackTemplate<EventStream, Event> {
    private final Signals signals;

    EventStream(Signals signals) {
        this.signals = signals;
    }

    @Override
    public void onNext(Event event) {
        Optional.ofNullable(event.getActor())
                .flatMap(actor -> Optional.ofNullable(actor.getId()))
                .or(() -> Optional.ofNullable(event.getId()))
                .ifPresent(signals::changed);
    }

    @Override
    public void onError(Throwable throwable) {
        super.onError(throwable);
        signals.lost(this, "the event stream broke: " + throwable);
    }

    @Override
    public void onComplete() {
        super.onComplete();
        signals.lost(this, "the daemon ended the event stream");
    }
}
