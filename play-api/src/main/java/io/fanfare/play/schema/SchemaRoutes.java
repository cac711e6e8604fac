package io.fanfare.play.schema;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The JSON Schemas of what games are configured with, derived from the forms that read it. They are the same for everybody, so
 * that an editor can be pointed at them.
 */
@Tag(name = "schemas")
@RestController
@RequestMapping("/api/v1/schemas")
final class SchemaRoutes {

    private static final String SCHEMA_JSON = "application/schema+json";

    private final Shapes shapes;

    SchemaRoutes(Shapes shapes) {
        this.shapes = shapes;
    }

    /**
     * @param kind handler and seed describe {@code handler_config}, validator {@code validator_config}
     * @param href where the schema is
     */
    record SchemaLink(String kind, String name, String href) {

        static SchemaLink of(PartKind kind, String name) {
            return new SchemaLink(kind.word(), name, "/api/v1/schemas/%s/%s".formatted(kind.word(), name));
        }
    }

    @Public
    @SecurityRequirements
    @GetMapping
    Envelope<Page<SchemaLink>> list(Paging paging) {
        var links = Arrays.stream(PartKind.values())
                .flatMap(kind -> kind.names(shapes).stream().map(name -> SchemaLink.of(kind, name)))
                .filter(link -> paging.after()
                        .map(last -> link.href().compareTo(last) > 0)
                        .orElse(true))
                .sorted((one, other) -> one.href().compareTo(other.href()))
                .limit(paging.limitPlusOne())
                .toList();
        return Envelope.ok(Page.of(links, paging, SchemaLink::href));
    }

    /**
     * The schema itself, without an envelope, so that its address can be used as one.
     *
     * @param seedGenerator of a handler: both read {@code handler_config}, and with both it is described whole, so that an
     *     unknown field is refused
     */
    @Public
    @SecurityRequirements
    @ApiResponse(responseCode = "200", content = @Content(mediaType = SCHEMA_JSON, schema = @Schema(type = "object")))
    @GetMapping("/{kind}/{name}")
    ResponseEntity<Document> one(
            @PathVariable("kind") String kind,
            @PathVariable("name") String name,
            @RequestParam(name = "seed_generator", required = false) @Nullable String seedGenerator) {
        return PartKind.named(kind)
                .flatMap(part -> schema(part, name, seedGenerator))
                .map(schema -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(SCHEMA_JSON))
                        .body(schema))
                .orElseThrow(() -> Refused.notFound("schema", kind + "/" + name));
    }

    private Optional<Document> schema(PartKind kind, String name, @Nullable String seedGenerator) {
        if (seedGenerator == null) {
            return kind.schema(shapes, name);
        }
        return kind == PartKind.HANDLER
                ? shapes.handlerConfigSchema(new PartNames(seedGenerator, "", name))
                : Optional.empty();
    }
}
