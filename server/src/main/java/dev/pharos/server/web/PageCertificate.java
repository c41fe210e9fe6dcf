// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.mtp.tls.CertificateWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate of a connector, renewed while it serves: new files count from the next handshake on, connections
/// that stand go on, and files that cannot be used leave the old ones in use.
final class PageCertificate implements LifecycleListener {
    private static final Logger LOG = LoggerFactory.getLogger(PageCertificate.class);

    private final AbstractHttp11Protocol<?> protocol;
    private final CertificateWatch watch;

    private PageCertificate(AbstractHttp11Protocol<?> protocol, CertificateWatch watch) {
        this.protocol = protocol;
        this.watch = watch;
    }

    /// Has a connector that is not yet started speak TLS, and nothing else.
    static void secure(Connector connector, WebSettings.Tls tls) {
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
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            connector.addLifecycleListener(new PageCertificate(protocol, watch(tls)));
        }
    }

    private static CertificateWatch watch(WebSettings.Tls tls) {
        try {
            return CertificateWatch.of(tls.certificate(), tls.key());
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable.getMessage(), unusable);
        }
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        switch (event.getType()) {
            case Lifecycle.AFTER_START_EVENT -> watch.start(this::read);
            case Lifecycle.BEFORE_STOP_EVENT -> watch.close();
            default -> {}
        }
    }

    private void read() {
        try {
            protocol.reloadSslHostConfigs();
        } catch (RuntimeException changedAgain) {
            LOG.warn("the old certificate of the page stays in use: {}", changedAgain.getMessage());
        }
    }
}
