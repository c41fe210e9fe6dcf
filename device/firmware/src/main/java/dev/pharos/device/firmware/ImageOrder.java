// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a Download() asks for.
///
/// @param login shown to the server of `url` where it asks for one, as a digest or by Basic
/// @param fileSize a hint, in bytes, 0 where it is not known; that it is wrong is no fault (TR-181)
/// @param checkSum what the image must add up to, where that was said
/// @param autoActivate whether it is to run as soon as it is there
public record ImageOrder(
        URI url, Optional<Login> login, long fileSize, Optional<CheckSum> checkSum, boolean autoActivate) {

    /// A name and password for the file server.
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// @throws UspException 7004 naming the argument that cannot be
    public static ImageOrder of(CommandCall call) {
        return new ImageOrder(
                url("URL", call.input("URL", "")),
                login(call),
                Long.parseLong(call.input("FileSize", "0")),
                checkSum(call),
                call.input("AutoActivate", "false").equals("true"));
    }

    /// What a command asks for that gives a file away.
    ///
    /// @param argument that has the URL
    /// @throws UspException 7004 naming the argument that cannot be
    public static ImageOrder giving(String argument, CommandCall call) {
        return with(url(argument, call.input(argument, "")), login(call));
    }

    /// A file that belongs to this one and lies beside it, such as its signature.
    ///
    /// @param suffix what its name has more
    public ImageOrder beside(String suffix) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return with(URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + suffix + query), login);
    }

    /// A file that belongs to this one and lies elsewhere. The login goes with it where that is the same server.
    ///
    /// @param argument that says where
    /// @throws UspException 7004 naming the argument where it cannot be
    public ImageOrder elsewhere(String argument, String where) {
        URI other = url(argument, where);
        return with(other, HttpDoor.origin(other).equals(HttpDoor.origin(url)) ? login : Optional.empty());
    }

    private static ImageOrder with(URI url, Optional<Login> login) {
        return new ImageOrder(url, login, 0, Optional.empty(), false);
    }

    /// The server and path, without the query, which may be a secret.
    String place() {
        return url.getScheme() + "://" + url.getRawAuthority() + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    /// The last part of the path.
    public String fileName() {
        String path = url.getPath() == null ? "" : url.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static URI url(String argument, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException wrong) {
            // its own text would repeat all of it
            throw wrong(argument + ": it is none, " + wrong.getReason());
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw wrong(argument + ": only https and http are spoken here");
        }
        if (url.getHost() == null) {
            throw wrong(argument + ": it names no host");
        }
        if (url.getRawUserInfo() != null) {
            throw wrong(argument + ": a login does not belong in it (TR-369); there are Username and Password");
        }
        return url;
    }

    private static Optional<Login> login(CommandCall call) {
        String name = call.input("Username", "");
        return name.isEmpty() ? Optional.empty() : Optional.of(new Login(name, call.input("Password", "")));
    }

    private static Optional<CheckSum> checkSum(CommandCall call) {
        String hex = call.input("CheckSum", "");
        String name = call.input("CheckSumAlgorithm", "");
        if (hex.isEmpty()) {
            return Optional.empty();
        }
        CheckSum.Algorithm algorithm = Arrays.stream(CheckSum.Algorithm.values())
                .filter(known -> known.text().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("CheckSumAlgorithm: it is missing, or not known"));
        if (hex.length() != 2 * algorithm.bytes()) {
            throw wrong("CheckSum: not as long as its algorithm makes it");
        }
        return Optional.of(new CheckSum(algorithm, Bytes.ofHex(hex.toLowerCase(Locale.ROOT))));
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_ARGUMENTS, why);
    }
}
