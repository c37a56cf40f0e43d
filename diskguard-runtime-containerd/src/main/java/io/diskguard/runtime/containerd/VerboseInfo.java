/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of the JSON that a verbose status carries; containerd and CRI-O write the same names. Read as a stream: the
 * whole specification is in it.
 *
 * @param pid of the first process; empty where there is none yet
 * @param cgroupsPath {@code runtimeSpec.linux.cgroupsPath}
 * @param devices those of {@code runtimeSpec.linux.devices} that are block devices; empty where the specification could not
 *     be read
 */
record VerboseInfo(Optional<Long> pid, Optional<String> cgroupsPath, Optional<List<BlockNode>> devices) {
    private static final VerboseInfo NOTHING = new VerboseInfo(Optional.empty(), Optional.empty(), Optional.empty());
    private static final List<String> LINUX = List.of("runtimeSpec", "linux");

    /** What cannot be read is as if it were not there. */
    static VerboseInfo read(Map<String, String> info) {
        var text = info.get("info");
        if (text == null) {
            return NOTHING;
        }
        var reader = new Reader();
        try (var json = new JsonFactory().createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                reader.read(json, 0);
            }
        } catch (IOException e) {
            // what was read before the fault stands
        }
        return new VerboseInfo(reader.pid, reader.cgroupsPath, reader.devices);
    }

    private static final class Reader {
        private Optional<Long> pid = Optional.empty();
        private Optional<String> cgroupsPath = Optional.empty();
        private Optional<List<BlockNode>> devices = Optional.empty();

        /** Inside an object that the first {@code depth} names of the path led to. */
        void read(JsonParser json, int depth) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if (depth == 0 && name.equals("pid") && value == JsonToken.VALUE_NUMBER_INT) {
                    pid = Optional.of(json.getLongValue()).filter(number -> number > 0);
                } else if (name.equals(LINUX.get(depth)) && value == JsonToken.START_OBJECT) {
                    if (depth == LINUX.size() - 1) {
                        linux(json);
                    } else {
                        read(json, depth + 1);
                    }
                } else {
                    json.skipChildren();
                }
            }
        }

        private void linux(JsonParser json) throws IOException {
            var nodes = new ArrayList<BlockNode>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if (name.equals("cgroupsPath") && value == JsonToken.VALUE_STRING) {
                    cgroupsPath = Optional.of(json.getText()).filter(text -> !text.isBlank());
                } else if (name.equals("devices") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        device(json).ifPresent(nodes::add);
                    }
                } else {
                    json.skipChildren();
                }
            }
            devices = Optional.of(nodes);
        }

        private static Optional<BlockNode> device(JsonParser json) throws IOException {
            var texts = new HashMap<String, String>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    texts.put(name, json.getText());
                }
                json.skipChildren();
            }
            var path = texts.getOrDefault("path", "");
            return path.startsWith("/") && "b".equals(texts.get("type"))
                    ? DeviceId.parse(texts.get("major") + ":" + texts.get("minor"))
                            .map(number -> new BlockNode(path, number))
                    : Optional.empty();
        }
    }
}
