// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.spool.FileFolder.NoRoomException;
import dev.pharos.server.spool.FileFolder.TooLargeException;
import java.io.IOException;

/// Answers those whose file cannot be taken.
final class Intake {
    private Intake() {}

    /// Takes a file.
    @FunctionalInterface
    interface Taking<T> {
        T take() throws IOException;
    }

    /// @param most bytes that it may have
    static <T> T of(long most, Taking<T> taking) {
        try {
            return taking.take();
        } catch (TooLargeException large) {
            throw new ApiException(413, "Too large", "It has more than " + most + " bytes.");
        } catch (NoRoomException full) {
            throw new ApiException(507, "No room", "The server has no room for it on its disk.");
        } catch (IOException broken) {
            throw new ApiException(400, "Broken off", "The upload broke off: " + broken.getMessage() + ".");
        }
    }
}
