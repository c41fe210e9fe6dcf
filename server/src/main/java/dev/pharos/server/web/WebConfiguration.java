// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.controller.UspController;
import dev.pharos.server.auth.HeavyGuard;
import dev.pharos.server.auth.Problems;
import dev.pharos.server.auth.RateGate;
import dev.pharos.server.auth.RightsGuard;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rest.CwmpRequests;
import dev.pharos.server.rest.IdempotencyFilter;
import dev.pharos.server.rest.ReachGuard;
import dev.pharos.server.store.DeviceTenants;
import dev.pharos.server.store.IdempotencyStore;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.io.Resource;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.PathResourceResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// How requests are read, and how the page's files are served.
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final String FILES = "classpath:/META-INF/resources/";

    private final RightsGuard guard;
    private final ReachGuard reaches;
    private final HeavyGuard heavy;
    private final EndpointIdReader ids;

    /// What answers are written with is made with the help of this very class, so it is asked for when it is needed.
    WebConfiguration(
            ObjectProvider<Problems> problems,
            ObjectProvider<RateGate> gate,
            DeviceTenants owners,
            Tenants tenants,
            Audit audit,
            UspController controller,
            CwmpRequests cwmp) {
        this.guard = new RightsGuard(problems::getObject, (user, what) -> audit.record(user, "refused", "", what));
        this.reaches = new ReachGuard(controller.stores()::devices, owners, tenants, audit);
        this.heavy = new HeavyGuard(gate::getObject);
        this.ids = new EndpointIdReader(cwmp::now);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard).addPathPatterns("/api/v1/**");
        registry.addInterceptor(reaches).addPathPatterns("/api/v1/**", "/metrics");
        registry.addInterceptor(heavy).addPathPatterns("/api/**");
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(ids);
    }

    /// Nothing: what is read checks itself where it is made, and a look for rules at each request would only take time.
    @Override
    public Validator getValidator() {
        return Validator.forInstanceOf(Void.class, (nothing, errors) -> {});
    }

    @Bean
    static WebMvcRegistrations mappings() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new QuickMapping();
            }
        };
    }

    /// Of what is asked about one device among others. A device whose own address is asked for by a name from before is
    /// looked for when nobody has that: see [ApiErrors].
    ///
    /// @param names by which a device is known now
    private record EndpointIdReader(UnaryOperator<EndpointId> names) implements Converter<String, EndpointId> {
        @Override
        public EndpointId convert(String text) {
            try {
                return names.apply(EndpointId.parse(text));
            } catch (MalformedInputException malformed) {
                throw new IllegalArgumentException(malformed.detail(), malformed);
            }
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // their names hold a hash of their content
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                // an answer "not modified" would have a new nonce for the page of an old one
                .setUseLastModified(false)
                .resourceChain(false)
                .addResolver(new PageResolver())
                .addTransformer(new PageNonce());
    }

    /// The page has addresses of its own, such as `/devices/ID`: for them, and only for them, it is the page that is
    /// sent.
    private static final class PageResolver extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws java.io.IOException {
            boolean file = !path.isEmpty() && !path.contains("%") && !path.startsWith("devices/");
            @Nullable Resource found = file ? super.getResource(path, location) : null;
            boolean ours = path.startsWith("api/") || path.startsWith("assets/") || path.startsWith("health/");
            if (found != null || ours) {
                return found;
            }
            Resource page = location.createRelative("index.html");
            return page.isReadable() ? page : null;
        }
    }

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /// Static, for it takes part in the making of other beans.
    @Bean
    static JsonExchange jsonExchange(ObjectProvider<JsonMapper> json) {
        return new JsonExchange(json::getObject);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotency(IdempotencyStore store, Problems problems, Clock clock) {
        // after Spring Security, which says whose key it is
        FilterRegistrationBean<IdempotencyFilter> registration =
                new FilterRegistrationBean<>(new IdempotencyFilter(store, problems, clock));
        registration.setOrder(0);
        return registration;
    }
}
