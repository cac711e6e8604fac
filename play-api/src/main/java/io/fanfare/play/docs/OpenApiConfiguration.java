package io.fanfare.play.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.store.integration.IntegrationId;
import io.fanfare.store.simulation.SimulationId;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** What the code cannot say about itself: credentials, keys, pages, and the one shape of all errors. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String TOKEN = "token";
    private static final String TENANT = "tenant header";
    private static final String PLAYER = "player header";
    private static final String ROLES = "roles header";
    private static final String ERROR = "Error";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, Paging.class, RequestKey.class)
                .replaceWithClass(Document.class, Map.class);
        List.of(
                        GameId.class,
                        PrizeId.class,
                        PlayId.class,
                        SessionId.class,
                        RewardId.class,
                        MilestoneId.class,
                        RedemptionId.class,
                        AwardId.class,
                        LeaderboardId.class,
                        QuestId.class,
                        CampaignId.class,
                        MerchantId.class,
                        PlayerId.class,
                        IntegrationId.class,
                        SimulationId.class)
                .forEach(id -> SpringDocUtils.getConfig().replaceWithClass(id, String.class));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Fanfare")
                        .version("v1")
                        .description(
                                "Games, prizes, wallets and leaderboards. Every answer comes in an envelope of code, message, "
                                        + "trace_id and data; what can go wrong is listed in docs/errors.md.")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSchemas(ERROR, error())
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"))
                        .addSecuritySchemes(TENANT, header("X-Tenant-Id"))
                        .addSecuritySchemes(PLAYER, header("X-Player-Id"))
                        .addSecuritySchemes(ROLES, header("X-Roles")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .addSecurityItem(new SecurityRequirement()
                        .addList(TENANT)
                        .addList(PLAYER)
                        .addList(ROLES));
    }

    /** The names on the wire are those of the contract. */
    @Bean
    ModelResolver namesInSnakeCase() {
        return new ModelResolver(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    /** Generated names follow from method and path, so that they are the same in every build. */
    @Bean
    GlobalOpenApiCustomizer operationNames() {
        return description -> description
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operation.setOperationId(name(method.name(), path))));
    }

    private static String name(String method, String path) {
        String words = path.replace("/api/v1/", "").replaceAll("[{}]", "").replaceAll("[^a-z]+", "_");
        return method.toLowerCase(Locale.ROOT) + "_" + words;
    }

    @Bean
    OperationCustomizer conventions() {
        return (operation, method) -> {
            describeRoles(operation, method);
            if (takes(method, Paging.class)) {
                operation.addParametersItem(new QueryParameter()
                        .name("limit")
                        .description("1 to 100, 20 where it is left out")
                        .schema(new IntegerSchema()
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Paging.MAX_LIMIT))));
                operation.addParametersItem(new QueryParameter()
                        .name("cursor")
                        .description("next_cursor of the page before")
                        .schema(new StringSchema()));
            }
            if (isForPlayers(method) && method.hasMethodAnnotation(PostMapping.class)) {
                operation.addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .description("up to 255 characters; a repeat within 24 hours gets the original answer")
                        .schema(new StringSchema()));
            }
            operation
                    .getResponses()
                    .addApiResponse(
                            "default",
                            new ApiResponse()
                                    .description("an error; data.error.reason says which")
                                    .content(new Content()
                                            .addMediaType(
                                                    "application/json",
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/" + ERROR)))));
            return operation;
        };
    }

    private static void describeRoles(Operation operation, HandlerMethod method) {
        Allows allows = method.getMethodAnnotation(Allows.class);
        if (allows != null) {
            String roles = Arrays.stream(allows.value()).map(Role::wireName).collect(Collectors.joining(", "));
            operation.setDescription("For " + roles + (allows.guests() ? ", and guests of a tenant." : "."));
        }
    }

    private static boolean isForPlayers(HandlerMethod method) {
        Allows allows = method.getMethodAnnotation(Allows.class);
        return allows != null && Arrays.asList(allows.value()).contains(Role.PLAYER);
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static SecurityScheme header(String name) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name)
                .description("in development mode only");
    }

    private static Schema<?> error() {
        var violation = new ObjectSchema()
                .addProperty("field", new StringSchema())
                .addProperty("description", new StringSchema());
        var error = new ObjectSchema()
                .addProperty("status", new StringSchema())
                .addProperty("reason", new StringSchema())
                .addProperty("domain", new StringSchema())
                .addProperty("metadata", new MapSchema().additionalProperties(new StringSchema()))
                .addProperty("field_violations", new ArraySchema().items(violation));
        return new ObjectSchema()
                .addProperty("code", new IntegerSchema())
                .addProperty("message", new StringSchema())
                .addProperty("trace_id", new StringSchema())
                .addProperty("data", new ObjectSchema().addProperty("error", error));
    }
}
