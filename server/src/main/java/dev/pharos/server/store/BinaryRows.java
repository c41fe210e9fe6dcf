// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/// Rows in the binary format of PostgreSQL's COPY, sent as they are written: of all ways to bring it rows this costs
/// both ends the least. It cannot say what is to become of a row that is there already.
///
/// Each row begins with [#row], and each of its columns follows in the type that it has.
public final class BinaryRows implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int END = -1;
    private static final byte JSONB_VERSION = 1;

    /// Where PostgreSQL's time begins.
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final int BUFFER = 1 << 16;

    private final CopyIn copy;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    /// @param copyIn `copy … from stdin (format binary)`
    public BinaryRows(Connection connection, String copyIn) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyIn);
        bytes(SIGNATURE);
        int32(0);
        int32(0);
    }

    public void row(int columns) throws SQLException {
        int16(columns);
    }

    public void bigint(long value) throws SQLException {
        int32(Long.BYTES);
        room(Long.BYTES);
        ByteConverter.int8(buffer, filled, value);
        filled += Long.BYTES;
    }

    public void smallint(short value) throws SQLException {
        int32(Short.BYTES);
        int16(value);
    }

    public void integer(int value) throws SQLException {
        int32(Integer.BYTES);
        int32(value);
    }

    public void bool(boolean value) throws SQLException {
        int32(1);
        room(1);
        buffer[filled++] = (byte) (value ? 1 : 0);
    }

    /// A `timestamptz`, to the microsecond.
    public void time(Instant value) throws SQLException {
        bigint(ChronoUnit.MICROS.between(EPOCH, value));
    }

    public void numeric(BigDecimal value) throws SQLException {
        field(ByteConverter.numeric(value));
    }

    /// Without NUL, which PostgreSQL has not.
    public void text(String value) throws SQLException {
        field(value.getBytes(StandardCharsets.UTF_8));
    }

    public void bytea(byte[] value) throws SQLException {
        field(value);
    }

    /// @param json the text of a document
    public void jsonb(byte[] json) throws SQLException {
        int32(1 + json.length);
        room(1);
        buffer[filled++] = JSONB_VERSION;
        bytes(json);
    }

    /// A column of any type that has no value.
    public void none() throws SQLException {
        int32(NULL);
    }

    private void field(byte[] value) throws SQLException {
        int32(value.length);
        bytes(value);
    }

    private void int16(int value) throws SQLException {
        room(Short.BYTES);
        ByteConverter.int2(buffer, filled, value);
        filled += Short.BYTES;
    }

    private void int32(int value) throws SQLException {
        room(Integer.BYTES);
        ByteConverter.int4(buffer, filled, value);
        filled += Integer.BYTES;
    }

    private void bytes(byte[] value) throws SQLException {
        if (value.length > BUFFER) {
            send();
            copy.writeToCopy(value, 0, value.length);
            return;
        }
        room(value.length);
        System.arraycopy(value, 0, buffer, filled, value.length);
        filled += value.length;
    }

    private void room(int size) throws SQLException {
        if (filled + size > BUFFER) {
            send();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer, 0, filled);
        filled = 0;
    }

    /// @return how many rows PostgreSQL has taken
    /// @throws SQLException where it takes none of them
    public long end() throws SQLException {
        int16(END);
        send();
        return copy.endCopy();
    }

    /// Ends it without its rows where it has not ended.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
