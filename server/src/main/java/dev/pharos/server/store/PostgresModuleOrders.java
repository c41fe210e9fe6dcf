// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.ModuleOrder;
import dev.pharos.controller.acs.ModuleOrderStore;
import dev.pharos.usp.EndpointId;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Orders of software modules in the table `cwmp_module_orders`.
public final class PostgresModuleOrders implements ModuleOrderStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public PostgresModuleOrders(Database database) {
        this.database = database;
    }

    @Override
    public void add(EndpointId device, ModuleOrder order, int most) {
        ArrayNode body = JSON.createArrayNode();
        ModulesJson.write(order, body);
        database.with(handle -> {
            handle.createUpdate("""
                            insert into cwmp_module_orders (device_no, key, body)
                            select no, :key, cast(:body as jsonb) from devices where id = :id
                            """)
                    .bind("key", Storable.text(order.key()))
                    .bind("body", Storable.text(JSON.writeValueAsString(body)))
                    .bind("id", Storable.text(device.toString()))
                    .execute();
            return handle.createUpdate("""
                            delete from cwmp_module_orders where seq in (
                                select o.seq from cwmp_module_orders o join devices d on d.no = o.device_no
                                where d.id = :id order by o.seq desc offset :most)
                            """)
                    .bind("id", Storable.text(device.toString()))
                    .bind("most", most)
                    .execute();
        });
    }

    @Override
    public Optional<ModuleOrder> find(EndpointId device, String key) {
        return database.with(handle -> handle.createQuery("select o.body from cwmp_module_orders o"
                        + " join devices d on d.no = o.device_no where d.id = :id and o.key = :key")
                .bind("id", Storable.text(device.toString()))
                .bind("key", Storable.text(key))
                .map((rows, context) -> ModulesJson.order(key, JSON.readTree(rows.getString("body"))))
                .findOne());
    }

    @Override
    public void remove(EndpointId device, String key) {
        database.with(handle -> handle.createUpdate("delete from cwmp_module_orders o using devices d"
                        + " where d.no = o.device_no and d.id = :id and o.key = :key")
                .bind("id", Storable.text(device.toString()))
                .bind("key", Storable.text(key))
                .execute());
    }
}
