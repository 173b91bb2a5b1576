using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>
/// The numbers of a network as safetensors (Hugging Face): the length of a header, the header as JSON, the numbers. How they belong together
/// stands in the header's <c>__metadata__</c> under <c>graph</c>.
/// </summary>
public static class SafeTensorsFile
{
    private const int Alignment = 8;

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(TrainedSolution solution)
    {
        var isSingle = solution.Description.Levels.Precision == Precision.Float32;
        var facts = new JsonObject(NetworkFacts.Of(solution).Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)fact.Value)))
        {
            ["graph"] = NetworkJson.Parts(solution, withNumbers: false).ToJsonString(),
        };
        var header = new JsonObject { ["__metadata__"] = facts };
        using var numbers = new MemoryStream();
        foreach (var tensor in NetworkTensors.Of(solution))
        {
            var start = numbers.Length;
            if (isSingle)
            {
                numbers.Write(MemoryMarshal.AsBytes(Array.ConvertAll(tensor.Values, value => (float)value).AsSpan()));
            }
            else
            {
                numbers.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            }

            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = isSingle ? "F32" : "F64",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(start, numbers.Length),
            };
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = (text.Length + Alignment - 1) / Alignment * Alignment;
        var file = new byte[sizeof(long) + length + numbers.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        file.AsSpan(sizeof(long), length).Fill((byte)' ');
        text.CopyTo(file, sizeof(long));
        numbers.GetBuffer().AsSpan(0, (int)numbers.Length).CopyTo(file.AsSpan(sizeof(long) + length));
        return file;
    }
}
