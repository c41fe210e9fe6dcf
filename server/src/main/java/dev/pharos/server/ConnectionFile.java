// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.rights.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `connection.json` in the data folder: where the server is and a token for it, for whoever may read the folder.
final class ConnectionFile {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConnectionFile() {}

    /// Writes the file with the administrator token that it held before, or with one that is made now: at the first
    /// start, or where the file or its token is gone.
    ///
    /// @param certificate where the address is one of TLS: whoever reads the file trusts it
    static void write(DataFolder folder, TokenRegistry tokens, String url, Optional<X509Certificate> certificate)
            throws IOException {
        Optional<String> known = token(folder)
                .filter(secret -> tokens.find(secret) instanceof TokenRegistry.Valid(var token)
                        && token.role().equals(Role.ADMIN.name()));
        String token =
                known.orElseGet(() -> tokens.make("admin", Role.ADMIN, Optional.empty(), Optional.empty(), "the server")
                        .secret());
        Map<String, String> connection = new LinkedHashMap<>();
        connection.put("url", url);
        connection.put("token", token);
        if (certificate.isPresent()) {
            connection.put("certificate", pem(certificate.get()));
        }
        folder.writePrivate(
                folder.connectionFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(connection) + "\n");
    }

    private static String pem(X509Certificate certificate) throws IOException {
        try {
            String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException unreadable) {
            throw new IOException("cannot write down our own certificate", unreadable);
        }
    }

    private static Optional<String> token(DataFolder folder) throws IOException {
        if (!Files.exists(folder.connectionFile())) {
            return Optional.empty();
        }
        try {
            JsonNode document = JSON.readTree(Files.readString(folder.connectionFile()));
            return document.path("token").asStringOpt();
        } catch (JacksonException damaged) {
            LOG.warn("{} is damaged and written anew, with a new token", folder.connectionFile());
            return Optional.empty();
        }
    }
}
