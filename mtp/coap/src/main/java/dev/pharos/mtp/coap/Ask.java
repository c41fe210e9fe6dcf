// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/// One request of ours and what became of it, told once and on the socket's thread (R-COAP.9, R-COAP.10).
final class Ask extends MessageObserverAdapter {
    private final CoapSocket socket;
    private final Request request;
    private final Consumer<Result> told;
    // Touched by the socket's thread only.
    private boolean over;
    private Optional<ScheduledFuture<?>> deadline = Optional.empty();

    sealed interface Result {
        record Answered(Response response) implements Result {}

        /// @param reason a sentence for people
        record Failed(String reason) implements Result {}
    }

    private Ask(CoapSocket socket, Request request, Consumer<Result> told) {
        this.socket = socket;
        this.request = request;
        this.told = told;
    }

    /// On the socket's thread.
    static Ask send(CoapSocket socket, Request request, Consumer<Result> told) {
        Ask ask = new Ask(socket, request, told);
        request.addMessageObserver(ask);
        Duration patience = Limits.RESPONSE_TIME;
        ask.deadline = socket.schedule(
                () -> ask.finish(new Result.Failed("it did not answer within " + patience.toSeconds() + " s")),
                patience);
        try {
            socket.send(request);
        } catch (RuntimeException refused) {
            ask.later(new Result.Failed(Texts.of(refused)));
        }
        return ask;
    }

    /// Nothing more is told.
    void cancel() {
        if (!over) {
            over = true;
            deadline.ifPresent(timer -> timer.cancel(false));
            request.cancel();
        }
    }

    private void later(Result result) {
        socket.execute(() -> finish(result));
    }

    private void finish(Result result) {
        if (!over) {
            cancel();
            told.accept(result);
        }
    }

    @Override
    public void onResponse(Response response) {
        later(new Result.Answered(response));
    }

    @Override
    public void onTimeout() {
        later(new Result.Failed("it does not answer"));
    }

    @Override
    public void onReject() {
        later(new Result.Failed("it does not speak CoAP with us"));
    }

    @Override
    public void onSendError(Throwable error) {
        later(new Result.Failed(Texts.of(error)));
    }
}
