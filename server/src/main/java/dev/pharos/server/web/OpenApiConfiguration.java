// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import com.fasterxml.jackson.databind.JavaType;
import dev.pharos.server.rest.json.Problem;
import dev.pharos.server.rest.json.WireEntry;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The OpenAPI document, made from the controllers and their records when it is first asked for.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    OpenAPI document(dev.pharos.server.rest.ServerFacts facts) {
        SpringDocUtils.getConfig().replaceWithSchema(EndpointId.class, new StringSchema());
        return new OpenAPI()
                .info(new Info()
                        .title("Pharos")
                        .version(facts.version())
                        .description("A USP (TR-369) controller. Errors are problem details (RFC 9457).")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("pharos_session")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    /// What a record's component must be, by its null-marking.
    @Bean
    ModelConverter requiredComponents() {
        return new RequiredComponents();
    }

    private static final class RequiredComponents implements ModelConverter {
        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            if (!chain.hasNext()) {
                return null;
            }
            @Nullable Schema<?> schema = chain.next().resolve(type, context, chain);
            JavaType java = Json.mapper().constructType(type.getType());
            if (schema == null || java == null || !java.getRawClass().isRecord()) {
                return schema;
            }
            @Nullable String reference = schema.get$ref();
            @Nullable
            Schema<?> described = reference == null
                    ? schema
                    : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
            if (described != null) {
                require(described, java.getRawClass());
            }
            return schema;
        }

        private static void require(Schema<?> schema, Class<?> record) {
            for (RecordComponent component : record.getRecordComponents()) {
                boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                boolean listed =
                        schema.getRequired() != null && schema.getRequired().contains(component.getName());
                if (!optional
                        && !listed
                        && schema.getProperties() != null
                        && schema.getProperties().containsKey(component.getName())) {
                    schema.addRequiredItem(component.getName());
                }
            }
        }
    }

    /// Every operation may end in a problem.
    @Bean
    OpenApiCustomizer problemAnswers() {
        return document -> {
            // the streams carry these, which no operation returns
            for (Class<?> carried : List.of(Problem.class, WireEntry.class)) {
                ModelConverters.getInstance(true)
                        .readAll(carried)
                        .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
            }
            Content content = new Content()
                    .addMediaType(
                            Problem.MEDIA_TYPE,
                            new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
            document.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation
                            .getResponses()
                            .addApiResponse(
                                    "default",
                                    new ApiResponse().description("a problem").content(content)));
        };
    }
}
