/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.diskguard.model.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads the pods of one manifest file: YAML (one or more documents) or JSON. Thread-safe. */
final class ManifestReader {
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws ManifestException if any part of the file cannot be used */
    List<Pod> read(String fileName, byte[] content) throws ManifestException {
        var pods = new ArrayList<Pod>();
        var documents = documents(fileName, content);
        if (documents.isEmpty()) {
            throw new ManifestException("the file is empty; expected kind: Pod, List or PodList");
        }
        for (var document : documents) {
            collect(Fields.of(document, "the document"), "", pods);
        }
        var uids = new HashSet<String>();
        for (var pod : pods) {
            if (!uids.add(pod.uid())) {
                throw new ManifestException("two pods have the uid " + pod.uid());
            }
        }
        return List.copyOf(pods);
    }

    private List<JsonNode> documents(String fileName, byte[] content) throws ManifestException {
        var mapper = fileName.endsWith(".json") ? json : Yaml.MAPPER;
        var documents = new ArrayList<JsonNode>();
        // A parser of our own: a mapper's would read a list at the top as a sequence of documents.
        try (var parser = mapper.createParser(content);
                var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(parser)) {
            while (values.hasNextValue()) {
                var document = values.nextValue();
                if (!document.isNull() && !document.isMissingNode()) {
                    documents.add(document);
                }
            }
        } catch (JsonProcessingException e) {
            throw new ManifestException(where(e) + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new ManifestException(firstLine(String.valueOf(e.getMessage())));
        }
        return documents;
    }

    private static void collect(Fields document, String place, List<Pod> into) throws ManifestException {
        var here = new Fields(document.node(), place);
        var kind = here.required("kind");
        switch (kind) {
            case "Pod" -> into.add(PodManifest.read(here));
            case "List", "PodList" -> {
                for (var item : here.objects("items")) {
                    // The items of a PodList bear no kind of their own, as the API server writes them.
                    if (kind.equals("PodList") && !item.has("kind")) {
                        into.add(PodManifest.read(item));
                    } else {
                        collect(item, item.place(), into);
                    }
                }
            }
            default -> throw new ManifestException("kind must be Pod, List or PodList, was " + kind);
        }
    }

    private static String where(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    /** Its classes are there from the first file on that is no JSON. */
    private static final class Yaml {
        static final ObjectMapper MAPPER = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("cannot be read");
    }
}
