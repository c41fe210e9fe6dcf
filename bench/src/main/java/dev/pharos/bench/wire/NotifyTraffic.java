// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A device on each connection that tells of one value after another and wants to hear that each was taken. The Records
/// are encoded once; each goes out with a number of its own in its `msg_id` and its value.
final class NotifyTraffic implements WebSocketLoad.Traffic {
    private static final String MARK = "bench-N";
    private static final int DIGITS = 8;
    private static final ByteBuf MARK_BYTES = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer(MARK, StandardCharsets.US_ASCII).asReadOnly());

    private final List<Device> devices = new ArrayList<>();
    private int next;

    /// @param controller to whom they tell it
    NotifyTraffic(EndpointId controller, int connections) {
        for (int i = 0; i < connections; i++) {
            devices.add(new Device(record(controller, WebSocketLoad.peer(i)), new HashSet<>()));
        }
    }

    /// @param waiting the numbers of what is not answered yet
    private record Device(Bytes record, Set<Integer> waiting) {}

    private static Bytes record(EndpointId controller, EndpointId device) {
        String id = MARK + "0".repeat(DIGITS);
        NotifyRequest notify = new NotifyRequest(
                "pharos-value-change", true, new Notification.ValueChange("Device.WiFi.Radio.1.Channel", id));
        Bytes message = MessageCodec.encode(new UspMessage(new MessageId(id), notify));
        return RecordCodec.encode(UspRecord.plain(controller, device, new RecordType.NoSessionContext(message)));
    }

    @Override
    public ByteBuf frame(int connection) {
        int number = next++;
        Device device = devices.get(connection);
        device.waiting().add(number);
        ByteBuf frame = Unpooled.wrappedBuffer(device.record().toByteArray());
        for (int at = find(frame, 0); at >= 0; at = find(frame, at + 1)) {
            int digits = number;
            for (int i = at + MARK.length() + DIGITS - 1; i >= at + MARK.length(); i--) {
                frame.setByte(i, '0' + digits % 10);
                digits /= 10;
            }
        }
        return frame;
    }

    @Override
    public WebSocketLoad.Verdict came(int connection, ByteBuf content) {
        int at = find(content, content.readerIndex());
        if (at < 0) {
            return WebSocketLoad.Verdict.UNASKED;
        }
        int number = 0;
        for (int i = at + MARK.length(); i < at + MARK.length() + DIGITS; i++) {
            number = number * 10 + content.getByte(i) - '0';
        }
        return devices.get(connection).waiting().remove(number)
                ? WebSocketLoad.Verdict.ANSWER
                : WebSocketLoad.Verdict.WRONG;
    }

    private static int find(ByteBuf content, int from) {
        int at = ByteBufUtil.indexOf(MARK_BYTES, content.slice(from, content.writerIndex() - from));
        return at < 0 ? -1 : from + at;
    }
}
