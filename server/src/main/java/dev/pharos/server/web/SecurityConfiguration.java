// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Problems;
import dev.pharos.server.auth.RateGate;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.rate.RateLimiter;
import dev.pharos.server.rest.DeviceQueries;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/// Who may ask for what: everything under `/api` wants a token or a session, but for the sign-in and the OpenAPI
/// document.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /// Of answers that are data and no page: a browser that is led to one runs and shows nothing that is in it.
    private static final String NO_PAGE =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String POLICY = "Content-Security-Policy";

    private static final ObjectPostProcessor<HeaderWriterFilter> EAGERLY = new ObjectPostProcessor<>() {
        @Override
        public <O extends HeaderWriterFilter> O postProcess(O writer) {
            writer.setShouldWriteHeadersEagerly(true);
            return writer;
        }
    };

    @Bean
    HttpFirewall firewall() {
        return new IdFirewall();
    }

    @Bean
    Problems problems(JsonMapper json) {
        return new Problems(json);
    }

    @Bean
    RateGate rateGate(RateLimiter limiter, Problems problems, Tenants tenants) {
        return new RateGate(limiter, problems, tenants::asker);
    }

    @Bean
    AuthenticationFilter authenticationFilter(
            TokenRegistry tokens,
            Users users,
            Tenants tenants,
            Sessions sessions,
            SignInGuard guard,
            RateGate gate,
            Problems problems,
            DeviceQueries queries) {
        return new AuthenticationFilter(tokens, users, tenants, sessions, guard, gate, problems, queries::of);
    }

    /// It belongs to the chain of Spring Security alone.
    @Bean
    FilterRegistrationBean<AuthenticationFilter> notTwice(AuthenticationFilter filter) {
        FilterRegistrationBean<AuthenticationFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /// Of the REST interface, which the page and programs ask often: its headers are written before the answer, which
    /// saves what would have to wait for the answer's first byte.
    @Bean
    @Order(1)
    SecurityFilterChain interfaceChain(HttpSecurity http, AuthenticationFilter filter, Problems problems) {
        http.securityMatcher("/api/**").authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            requests.requestMatchers("/api/openapi.json").permitAll();
            AuthenticationFilter.SIGN_IN_PATHS.forEach(
                    path -> requests.requestMatchers(HttpMethod.POST, path).permitAll());
            requests.requestMatchers(HttpMethod.GET, AuthenticationFilter.SESSION_PATH + "/ways")
                    .permitAll();
            requests.anyRequest().authenticated();
        });
        return common(http, filter, problems)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(NO_PAGE))
                        .withObjectPostProcessor(EAGERLY))
                .build();
    }

    /// Of the page and everything else. The page's files say themselves how long they may be kept, so what the headers
    /// say of that waits until then.
    @Bean
    @Order(2)
    SecurityFilterChain pageChain(
            HttpSecurity http, AuthenticationFilter filter, Problems problems, WebSettings settings) {
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            if (!settings.openMetrics()) {
                requests.requestMatchers("/metrics").authenticated();
            }
            requests.anyRequest().permitAll();
        });
        return common(http, filter, problems)
                .headers(headers -> headers.addHeaderWriter(
                        (request, response) -> response.setHeader(POLICY, PageNonce.policy(request))))
                .build();
    }

    /// Nobody is remembered from one request to the next: our own filter looks at each.
    private static HttpSecurity common(HttpSecurity http, AuthenticationFilter filter, Problems problems) {
        return http.addFilterBefore(filter, AnonymousAuthenticationFilter.class)
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, failure) ->
                                problems.unauthorized(response, "Sign in, or send an Authorization: Bearer header."))
                        .accessDeniedHandler(
                                (request, response, failure) -> problems.forbidden(response, "This is not allowed.")))
                .headers(headers -> headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                // our own filter demands the page's CSRF header
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }
}
