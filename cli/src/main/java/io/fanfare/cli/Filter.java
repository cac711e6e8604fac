package io.fanfare.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which records are wanted.
 *
 * @param player of player topics; empty: everybody's
 * @param fields all of which must be as said
 */
record Filter(Optional<String> tenant, Optional<String> player, List<Field> fields) {

    /**
     * A field of the value.
     *
     * @param path of names, with dots between them; in a list any item may be the one
     * @param expected as text
     */
    record Field(List<String> path, String expected) {

        static Field parse(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            if (name.isBlank() || List.of(name.split("\\.", -1)).stream().anyMatch(String::isBlank)) {
                throw new NotUnderstood(
                        "--filter needs field=value, such as won=true or cause.reason=play, not '%s'".formatted(text));
            }
            return new Field(List.of(name.split("\\.", -1)), text.substring(equals + 1));
        }

        boolean holdsIn(JsonNode value) {
            return reached(List.of(value), 0).stream().anyMatch(node -> expected.equals(node.asText()));
        }

        private List<JsonNode> reached(List<JsonNode> nodes, int depth) {
            var items = new ArrayList<JsonNode>();
            for (JsonNode node : nodes) {
                if (node.isArray()) {
                    node.forEach(items::add);
                } else {
                    items.add(node);
                }
            }
            if (depth == path.size()) {
                return items;
            }
            return reached(
                    items.stream()
                            .map(node -> node.path(path.get(depth)))
                            .filter(node -> !node.isMissingNode())
                            .toList(),
                    depth + 1);
        }
    }

    Filter {
        fields = List.copyOf(fields);
    }

    /** A record that cannot be decoded has no fields, and is shown where none is asked for. */
    boolean lets(SeenRecord record) {
        return isOfTenantAndPlayer(record)
                && switch (record.value()) {
                    case Decoded.Value known -> fields.stream().allMatch(field -> field.holdsIn(known.json()));
                    case Decoded.Nothing _, Decoded.Unreadable _ -> fields.isEmpty();
                };
    }

    private boolean isOfTenantAndPlayer(SeenRecord record) {
        String key = record.key() == null ? "" : record.key();
        int slash = key.indexOf('/');
        String keyTenant = slash < 0 ? "" : key.substring(0, slash);
        String keyPlayer = slash < 0 ? "" : key.substring(slash + 1);
        return tenant.map(keyTenant::equals).orElse(true)
                && player.map(keyPlayer::equals).orElse(true);
    }
}
