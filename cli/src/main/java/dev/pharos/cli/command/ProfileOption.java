// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file of profiles as it was named.
final class ProfileOption {
    /// What a server takes; a larger file is refused before it is sent.
    private static final int MOST = 1 << 20;

    private ProfileOption() {}

    /// @param name `-` for standard input
    static String text(String name) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new WrongUsageException("-f " + name + ": a file has " + MOST + " bytes at most");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw new WrongUsageException("-f " + name + ": there is no such file");
        } catch (CharacterCodingException otherwise) {
            throw new WrongUsageException("-f " + name + ": the file is not in UTF-8");
        } catch (IOException unreadable) {
            throw new WrongUsageException("-f " + name + ": the file cannot be read: " + unreadable.getMessage());
        }
    }
}
