package io.fanfare.schemas.wire;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no record of their topic, today and on every retry: a case for the dead letters. */
public final class MalformedRecord extends SerializationException {

    public MalformedRecord(String why) {
        super(why);
    }

    public MalformedRecord(String why, Throwable cause) {
        super(why, cause);
    }
}
