// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.WirePlace;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// HTTPS, beside plain HTTP or alone.
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> https(WebSettings settings, UspController controller) {
        return factory -> {
            factory.setProtocol(FairProtocol.class.getName());
            factory.addConnectorCustomizers(TlsConfiguration::asked, connector -> tell(connector, controller));
            settings.tls().ifPresent(tls -> secure(factory, settings, tls, controller));
        };
    }

    private static void secure(
            TomcatServletWebServerFactory factory,
            WebSettings settings,
            WebSettings.Tls tls,
            UspController controller) {
        if (settings.port().isEmpty()) {
            factory.addConnectorCustomizers(connector -> PageCertificate.secure(connector, tls));
            return;
        }
        Connector beside = new Connector(FairProtocol.class.getName());
        beside.setPort(tls.port());
        beside.setProperty("address", settings.host());
        asked(beside);
        tell(beside, controller);
        PageCertificate.secure(beside, tls);
        factory.addAdditionalConnectors(beside);
    }

    /// Whoever asks before a large body is sent is told to send it when somebody wants to read it, and not sooner.
    private static void asked(Connector connector) {
        connector.setProperty("continueResponseTiming", "onRead");
    }

    private static void tell(Connector connector, UspController controller) {
        if (connector.getProtocolHandler() instanceof FairProtocol protocol) {
            protocol.tell((from, reason) -> controller.refused(
                    Optional.empty(),
                    new WirePlace(
                            connector.getSecure() ? "https" : "http",
                            from.getAddress().getHostAddress() + ":" + from.getPort()),
                    reason));
        }
    }
}
