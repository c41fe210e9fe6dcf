// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A context that stays as it was made: the library begins each that it is given anew, with the trust of the Java
/// runtime.
final class FixedContext extends SSLContext {
    private FixedContext(SSLContext made) {
        super(new Delegate(made), made.getProvider(), made.getProtocol());
    }

    static SSLContext of(SSLContext made) {
        return new FixedContext(made);
    }

    private static final class Delegate extends SSLContextSpi {
        private final SSLContext made;

        Delegate(SSLContext made) {
            this.made = made;
        }

        /// It is begun already.
        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {}

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return made.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return made.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return made.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return made.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return made.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return made.getClientSessionContext();
        }
    }
}
