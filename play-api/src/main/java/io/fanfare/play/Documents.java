package io.fanfare.play;

import io.fanfare.engine.config.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Documents as the JSON text that the store keeps, and back. */
@Component
public final class Documents {

    private final JsonMapper json;

    Documents(JsonMapper json) {
        this.json = json;
    }

    public String text(Document document) {
        return json.writeValueAsString(document);
    }

    /** The text must come from {@link #text}. */
    public Document document(String text) {
        return json.readValue(text, Document.class);
    }
}
