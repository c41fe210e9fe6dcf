// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.mtp.tls.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where others reach the page's port: devices, which fetch firmware and software modules there, and people; and who
/// signs what is fetched.
final class FirmwareOptions {
    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "where devices and people reach the port of --http or --https, for links to firmware and for"
                    + " passkeys, which want https and a name: https://HOST[:PORT] (default for links: --host,"
                    + " or this host's name where that is every address, and the port; for passkeys:"
                    + " localhost)")
    @Nullable
    String publicUrl;

    @Option(
            names = "--module-signers",
            paramLabel = "FILE",
            description = "PEM: certificates of those who sign software modules; with it, none is taken that none of"
                    + " them has signed")
    @Nullable
    Path moduleSigners;

    /// Who signs software modules.
    ModuleSigners signers() throws StartException {
        if (moduleSigners == null) {
            return ModuleSigners.NONE;
        }
        try {
            return new ModuleSigners(PemFiles.certificates(moduleSigners));
        } catch (IOException | IllegalArgumentException wrong) {
            throw StartException.usage("--module-signers: " + wrong.getMessage());
        }
    }

    void check() throws StartException {
        if (publicUrl == null) {
            return;
        }
        try {
            URI url = new URI(publicUrl);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (!http || url.getHost() == null || !bare) {
                throw StartException.usage(
                        "--public-url must be http://HOST[:PORT] or https://HOST[:PORT]: " + publicUrl);
            }
        } catch (URISyntaxException wrong) {
            throw StartException.usage("--public-url: " + wrong.getMessage());
        }
    }

    /// What the operator says; [#check()] has seen that it is one. Empty where nothing was said.
    Optional<URI> publicUrl() {
        return Optional.ofNullable(publicUrl).map(URI::create);
    }

    /// @param plain whether the port is one of HTTP
    /// @param host where it listens
    String url(boolean plain, String host, int port) {
        if (publicUrl != null) {
            return publicUrl;
        }
        String name = isEveryAddress(host) ? ownName() : host;
        return (plain ? "http://" : "https://") + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }

    private static boolean isEveryAddress(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
