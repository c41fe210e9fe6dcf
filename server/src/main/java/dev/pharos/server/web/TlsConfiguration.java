// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// HTTPS, beside plain HTTP or alone.
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> https(WebSettings settings) {
        return factory -> settings.tls().ifPresent(tls -> {
            if (settings.port().isPresent()) {
                Connector beside = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
                beside.setPort(tls.port());
                beside.setProperty("address", settings.host());
                secure(beside, tls);
                factory.addAdditionalConnectors(beside);
            } else {
                factory.addConnectorCustomizers(connector -> secure(connector, tls));
            }
        });
    }

    private static void secure(Connector connector, WebSettings.Tls tls) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(tls.certificate().toAbsolutePath().toString());
        certificate.setCertificateKeyFile(tls.key().toAbsolutePath().toString());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }
}
