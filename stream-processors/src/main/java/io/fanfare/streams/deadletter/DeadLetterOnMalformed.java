package io.fanfare.streams.deadletter;

import static java.util.Objects.requireNonNull;

import io.fanfare.schemas.wire.MalformedRecord;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/** Bytes that are no record go to the dead letters; a registry that cannot be asked stops the thread, which tries again. */
public final class DeadLetterOnMalformed implements DeserializationExceptionHandler {

    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> config) {
        deadLetters = DeadLetters.configured(config);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> source, Exception cause) {
        if (!(cause instanceof MalformedRecord)) {
            return Response.fail();
        }
        return Response.resume(requireNonNull(deadLetters, "configure comes first")
                .letter(context, source.key(), source.value(), cause));
    }
}
