// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit.ubus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What ubusd knows and does, one message after the other.
final class Bus implements BusClient.Receiver {
    private static final int OK = 0;
    private static final int INVALID_COMMAND = 1;
    private static final int INVALID_ARGUMENT = 2;
    private static final int METHOD_NOT_FOUND = 3;
    private static final int NOT_FOUND = 4;
    private static final int PERMISSION_DENIED = 6;
    /// What answers itself, or nothing answers.
    private static final int SILENCE = -1;
    /// The objects that belong to ubusd itself.
    private static final int SYSTEM_OBJECTS = 1024;

    private final String user;
    private final String group;
    private final List<String> invoked;
    private final Random random = new Random();
    private final Map<Integer, BusClient> clients = new LinkedHashMap<>();
    private final Map<Integer, BusObject> objects = new LinkedHashMap<>();
    private final TreeMap<String, BusObject> paths = new TreeMap<>();
    private final Map<Integer, byte[]> types = new LinkedHashMap<>();
    private int events;

    /// @param invoked is told what is called
    Bus(String user, String group, List<String> invoked) {
        this.user = user;
        this.group = group;
        this.invoked = invoked;
    }

    synchronized void welcome(BusClient client) {
        clients.put(client.id, client);
        client.send(new WireMessage(0, 0, client.id));
    }

    @Override
    public synchronized void received(BusClient client, WireMessage message) {
        int status = switch (message.type) {
            case 1, 2 -> respond(client, message);
            case 3 -> {
                client.send(answer(message, 2));
                yield OK;
            }
            case 4 -> lookup(client, message);
            case 5 -> invoke(client, message);
            case 6 -> add(client, message);
            case 7 -> remove(client, message);
            case 8 -> subscribe(client, message);
            case 9 -> unsubscribe(client, message);
            case 10 -> notify(client, message);
            default -> INVALID_COMMAND;
        };
        if (status != SILENCE) {
            client.send(answer(message, 1).with(1, status));
        }
    }

    private static WireMessage answer(WireMessage to, int type) {
        return new WireMessage(type, to.sequence, to.peer);
    }

    /// An answer of a program goes to the client that it names, with the object in place of that.
    private int respond(BusClient client, WireMessage message) {
        Optional<BusObject> object = message.number(3).map(objects::get);
        BusClient caller = clients.get(message.peer);
        if (object.isPresent() && object.get().owner == client && caller != null) {
            WireMessage forwarded = new WireMessage(message.type, message.sequence, object.get().id);
            forwarded.attributes.putAll(message.attributes);
            caller.send(forwarded);
        }
        return SILENCE;
    }

    private int lookup(BusClient client, WireMessage message) {
        String wanted = message.text(2).orElse("*");
        List<BusObject> found = new ArrayList<>();
        if (wanted.endsWith("*")) {
            String prefix = wanted.substring(0, wanted.length() - 1);
            paths.forEach((path, object) -> {
                if (path.startsWith(prefix)) {
                    found.add(object);
                }
            });
        } else {
            Optional.ofNullable(paths.get(wanted)).ifPresent(found::add);
        }
        for (BusObject object : found) {
            client.send(answer(message, 2)
                    .with(2, object.path)
                    .with(3, object.id)
                    .with(5, object.type)
                    .with(6, object.signature));
        }
        return found.isEmpty() && message.text(2).isPresent() ? NOT_FOUND : OK;
    }

    private int invoke(BusClient client, WireMessage message) {
        Optional<Integer> id = message.number(3);
        Optional<String> method = message.text(4);
        if (id.isEmpty() || method.isEmpty()) {
            return INVALID_ARGUMENT;
        }
        if (id.get() == 1) {
            return eventCall(client, message, method.get());
        }
        BusObject object = objects.get(id.get());
        if (object == null) {
            return NOT_FOUND;
        }
        if (!object.path.isEmpty()) {
            invoked.add(object.path + " " + method.get());
        }
        WireMessage forwarded = new WireMessage(5, message.sequence, client.id);
        if (message.attributes.containsKey(10)) {
            forwarded.with(10, message.attributes.getOrDefault(10, new byte[0]));
        }
        deliver(object, forwarded, method.get(), message.attributes.get(7));
        return SILENCE;
    }

    private void deliver(BusObject object, WireMessage forwarded, String method, byte @Nullable [] data) {
        forwarded.with(3, object.id).with(4, method).with(12, user).with(13, group);
        if (data != null) {
            forwarded.with(7, data);
        }
        object.owner.send(forwarded);
    }

    private int eventCall(BusClient client, WireMessage message, String method) {
        Map<String, WireMessage.Member> members = message.members(7);
        Optional<String> pattern = text(members, "pattern");
        Optional<String> event = text(members, "id");
        WireMessage.Member data = members.get("data");
        if (method.equals("register")) {
            Optional<BusObject> object = Optional.ofNullable(members.get("object"))
                    .flatMap(WireMessage.Member::number)
                    .map(objects::get);
            if (pattern.isEmpty() || object.isEmpty()) {
                return object.isEmpty() && pattern.isPresent() ? NOT_FOUND : INVALID_ARGUMENT;
            }
            if (object.get().owner != client) {
                return PERMISSION_DENIED;
            }
            object.get().patterns.add(pattern.get());
            return OK;
        }
        if (!method.equals("send")) {
            return METHOD_NOT_FOUND;
        }
        if (event.isEmpty() || data == null || data.kind() != 2) {
            return INVALID_ARGUMENT;
        }
        if (event.get().startsWith("ubus.")) {
            return PERMISSION_DENIED;
        }
        tell(client, event.get(), data.content().toByteArray());
        return OK;
    }

    private static Optional<String> text(Map<String, WireMessage.Member> members, String name) {
        return Optional.ofNullable(members.get(name)).flatMap(WireMessage.Member::text);
    }

    /// An event goes to every object that wants it, but not back to who sent it.
    private void tell(BusClient from, String event, byte[] data) {
        events = events + 1 & 0xffff;
        for (BusObject object : objects.values()) {
            if (object.owner != from && object.hears(event)) {
                object.owner.send(new WireMessage(5, events, 0)
                        .with(3, object.id)
                        .with(4, event)
                        .with(7, data));
            }
        }
    }

    private int add(BusClient client, WireMessage message) {
        Optional<String> path = message.text(2);
        Optional<Integer> known = message.number(5);
        byte[] signature = known.isPresent() ? types.get(known.get()) : message.attributes.get(6);
        if (path.isPresent() && (paths.containsKey(path.get()) || (known.isPresent() && signature == null))) {
            return INVALID_ARGUMENT;
        }
        int type = signature == null ? 0 : known.orElseGet(this::freshId);
        byte[] methods = signature == null ? new byte[0] : signature;
        BusObject object = new BusObject(freshId(), path.orElse(""), client, type, methods);
        objects.put(object.id, object);
        client.objects.add(object);
        WireMessage data = answer(message, 2).with(3, object.id);
        if (signature != null) {
            types.put(type, signature);
            data.with(5, type);
        }
        client.send(data);
        if (path.isPresent()) {
            paths.put(object.path, object);
            tell(client, "ubus.object.add", announcement(object));
        }
        return OK;
    }

    private int freshId() {
        int id;
        do {
            id = random.nextInt();
        } while (Integer.compareUnsigned(id, SYSTEM_OBJECTS) < 0 || objects.containsKey(id) || types.containsKey(id));
        return id;
    }

    private static byte[] announcement(BusObject object) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(WireMessage.member(
                "id", 5, ByteBuffer.allocate(4).putInt(object.id).array()));
        data.writeBytes(WireMessage.member("path", 3, (object.path + "\0").getBytes(StandardCharsets.UTF_8)));
        return data.toByteArray();
    }

    private int remove(BusClient client, WireMessage message) {
        Optional<BusObject> object = message.number(3).map(objects::get);
        if (object.isEmpty()) {
            return message.number(3).isEmpty() ? INVALID_ARGUMENT : NOT_FOUND;
        }
        if (object.get().owner != client) {
            return PERMISSION_DENIED;
        }
        WireMessage data = answer(message, 2).with(3, object.get().id);
        if (object.get().type != 0) {
            data.with(5, object.get().type);
        }
        client.send(data);
        client.objects.remove(object.get());
        forget(object.get());
        return OK;
    }

    private void forget(BusObject object) {
        objects.remove(object.id);
        for (BusObject subscriber : object.subscribers) {
            subscriber.owner.send(
                    new WireMessage(9, 0, 0).with(3, subscriber.id).with(8, object.id));
        }
        for (BusObject other : objects.values()) {
            if (other.subscribers.remove(object) && other.subscribers.isEmpty()) {
                active(other, 0);
            }
        }
        if (!object.path.isEmpty()) {
            paths.remove(object.path, object);
            tell(object.owner, "ubus.object.remove", announcement(object));
        }
    }

    private static void active(BusObject object, int whether) {
        object.told++;
        object.owner.send(new WireMessage(10, object.told, 0).with(3, object.id).with(9, new byte[] {(byte) whether}));
    }

    private int subscribe(BusClient client, WireMessage message) {
        Optional<Integer> own = message.number(3);
        Optional<Integer> target = message.number(8);
        if (own.isEmpty() || target.isEmpty() || Integer.compareUnsigned(own.get(), SYSTEM_OBJECTS) < 0) {
            return INVALID_ARGUMENT;
        }
        BusObject subscriber = objects.get(own.get());
        BusObject object = objects.get(target.get());
        if (subscriber != null && subscriber.owner != client) {
            return INVALID_ARGUMENT;
        }
        if (subscriber == null || object == null) {
            return NOT_FOUND;
        }
        if (object.owner == client) {
            return INVALID_ARGUMENT;
        }
        object.subscribers.add(subscriber);
        if (object.subscribers.size() == 1) {
            active(object, 1);
        }
        return OK;
    }

    private int unsubscribe(BusClient client, WireMessage message) {
        Optional<BusObject> own = message.number(3).map(objects::get);
        Optional<BusObject> target = message.number(8).map(objects::get);
        if (message.number(3).isEmpty() || message.number(8).isEmpty()) {
            return INVALID_ARGUMENT;
        }
        if (own.isEmpty() || target.isEmpty()) {
            return NOT_FOUND;
        }
        if (own.get().owner != client) {
            return INVALID_ARGUMENT;
        }
        if (!target.get().subscribers.remove(own.get())) {
            return NOT_FOUND;
        }
        if (target.get().subscribers.isEmpty()) {
            active(target.get(), 0);
        }
        return OK;
    }

    private int notify(BusClient client, WireMessage message) {
        Optional<BusObject> object = message.number(3).map(objects::get);
        Optional<String> method = message.text(4);
        if (message.number(3).isEmpty() || method.isEmpty()) {
            return INVALID_ARGUMENT;
        }
        if (object.isEmpty()) {
            return NOT_FOUND;
        }
        if (object.get().owner != client) {
            return PERMISSION_DENIED;
        }
        byte[] silent = message.attributes.getOrDefault(10, new byte[0]);
        boolean answered = !Arrays.equals(silent, new byte[] {1});
        if (answered) {
            ByteBuffer ids = ByteBuffer.allocate(8 * object.get().subscribers.size());
            object.get().subscribers.forEach(each -> ids.putInt(8).putInt(each.id));
            client.send(answer(message, 1)
                    .with(3, object.get().id)
                    .with(11, ids.array())
                    .with(1, OK));
        }
        for (BusObject subscriber : object.get().subscribers) {
            WireMessage forwarded = new WireMessage(5, message.sequence, client.id);
            if (!answered) {
                forwarded.with(10, silent);
            }
            deliver(subscriber, forwarded, method.get(), message.attributes.get(7));
        }
        return SILENCE;
    }

    @Override
    public synchronized void gone(BusClient client) {
        clients.remove(client.id);
        List<BusObject> theirs = List.copyOf(client.objects);
        client.objects.clear();
        theirs.forEach(this::forget);
    }
}
