package io.fanfare.streams.deadletter;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What a processor calls poison goes to the dead letters; any other exception may have left writes and stops the thread. */
public final class DeadLetterOnPoison implements ProcessingExceptionHandler {

    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> config) {
        deadLetters = DeadLetters.configured(config);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> processed, Exception cause) {
        if (!(cause instanceof PoisonRecord)) {
            return Response.fail();
        }
        return Response.resume(requireNonNull(deadLetters, "configure comes first")
                .letter(context, context.sourceRawKey(), context.sourceRawValue(), cause));
    }
}
