// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Problems;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.TokenRegistry;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/// Who may ask for what: everything under `/api` wants a token or a session, but for the sign-in and the OpenAPI
/// document.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /// The page brings all of its scripts itself; its style library sets style attributes.
    private static final String CONTENT = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    @Bean
    HttpFirewall firewall() {
        return new IdFirewall();
    }

    @Bean
    Problems problems(JsonMapper json) {
        return new Problems(json);
    }

    @Bean
    AuthenticationFilter authenticationFilter(
            TokenRegistry tokens, Sessions sessions, SignInGuard guard, Problems problems) {
        return new AuthenticationFilter(tokens, sessions, guard, problems);
    }

    /// It belongs to the chain of Spring Security alone.
    @Bean
    FilterRegistrationBean<AuthenticationFilter> notTwice(AuthenticationFilter filter) {
        FilterRegistrationBean<AuthenticationFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, AuthenticationFilter filter, Problems problems, WebSettings settings) {
        return http.authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    requests.requestMatchers("/api/openapi.json").permitAll();
                    requests.requestMatchers(HttpMethod.POST, AuthenticationFilter.SESSION_PATH)
                            .permitAll();
                    requests.requestMatchers("/api/**").authenticated();
                    if (!settings.openMetrics()) {
                        requests.requestMatchers("/metrics").authenticated();
                    }
                    requests.anyRequest().permitAll();
                })
                .addFilterBefore(filter, AnonymousAuthenticationFilter.class)
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, failure) ->
                                problems.unauthorized(response, "Sign in, or send an Authorization: Bearer header."))
                        .accessDeniedHandler(
                                (request, response, failure) -> problems.forbidden(response, "This is not allowed.")))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // our own filter demands the page's CSRF header
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
