// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/// Rows in the binary format of PostgreSQL's COPY, sent as they are written.
final class BinaryRows implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int BUFFER = 1 << 16;

    private final PGCopyOutputStream copy;
    private final DataOutputStream out;

    /// @param copyIn `copy … from stdin (format binary)`
    BinaryRows(Connection connection, String copyIn) throws SQLException, IOException {
        copy = new PGCopyOutputStream(connection.unwrap(PGConnection.class), copyIn, BUFFER);
        out = new DataOutputStream(new BufferedOutputStream(copy, BUFFER));
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void row(int columns) throws IOException {
        out.writeShort(columns);
    }

    void bigint(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    void text(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    void bool(boolean value) throws IOException {
        out.writeInt(1);
        out.writeByte(value ? 1 : 0);
    }

    /// @return how many rows PostgreSQL has taken
    long end() throws IOException, SQLException {
        out.writeShort(-1);
        out.flush();
        return copy.endCopy();
    }

    /// Ends it without its rows where it has not ended.
    @Override
    public void close() throws IOException {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException broken) {
                throw new IOException(broken);
            }
        }
    }
}
