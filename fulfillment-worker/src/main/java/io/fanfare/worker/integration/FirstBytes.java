package io.fanfare.worker.integration;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the beginning of a body as text and hangs up on the rest, however long that is. */
final class FirstBytes implements BodySubscriber<String> {

    private final ByteBuffer kept;
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    FirstBytes(int max) {
        this.kept = ByteBuffer.allocate(max);
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        incoming.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int length = Math.min(part.remaining(), kept.remaining());
            kept.put(part.slice(part.position(), length));
        }
        Flow.Subscription current = subscription;
        if (!kept.hasRemaining() && current != null) {
            current.cancel();
            complete();
        }
    }

    @Override
    public void onError(Throwable cause) {
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        complete();
    }

    private void complete() {
        body.complete(new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8));
    }
}
