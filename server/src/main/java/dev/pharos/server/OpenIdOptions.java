// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdFile;
import dev.pharos.server.openid.OpenIdSettings;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How people sign in beside by password.
final class OpenIdOptions {
    @Option(
            names = "--openid",
            paramLabel = "FILE",
            defaultValue = "${env:PHAROS_OPENID}",
            description = "YAML: by which OpenID providers people sign in, and what their groups may do (default"
                    + " $PHAROS_OPENID, else off); see docs/people.md")
    @Nullable
    Path file;

    /// @param loopback whether only this host finds the page
    /// @throws StartException where the file cannot be used
    List<OpenIdSettings> settings(boolean loopback) throws StartException {
        Path chosen = file;
        if (chosen == null || chosen.toString().isEmpty()) {
            return List.of();
        }
        try {
            List<OpenIdSettings> all = OpenIdFile.read(chosen, OpenIdOptions::secret);
            if (!loopback && all.stream().anyMatch(settings -> settings.page().isEmpty())) {
                throw StartException.usage("--openid " + chosen + ": \"page\" is missing: where others can reach the"
                        + " server, the provider must know where it sends them back to: https://HOST[:PORT]");
            }
            return all;
        } catch (YamlException wrong) {
            throw StartException.usage("--openid " + chosen + ", line " + wrong.line() + ": " + wrong.reason());
        } catch (IOException unreadable) {
            throw StartException.failed("--openid: " + unreadable.getMessage());
        }
    }

    /// Never on the command line, which others on this host can read.
    private static Optional<String> secret(String id) {
        return Optional.ofNullable(System.getenv(OpenIdFile.secretVariable(id))).filter(secret -> !secret.isBlank());
    }

    /// @param opened closes them
    OpenIdDoor open(boolean loopback, Clock clock, OpenedParts opened) throws StartException, IOException {
        List<OpenIdSignIn> all = new ArrayList<>();
        for (OpenIdSettings settings : settings(loopback)) {
            all.add(opened.keep("OpenID Connect " + settings.id(), OpenIdSignIn.start(settings, clock)));
        }
        return new OpenIdDoor(all);
    }
}
