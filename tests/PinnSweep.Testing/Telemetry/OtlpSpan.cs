using System.Text;

namespace PinnSweep.Testing.Telemetry;

/// <summary>A span as a collector receives it: the fields of opentelemetry.proto.trace.v1.Span that tests look at.</summary>
public sealed record OtlpSpan(string TraceId, string SpanId, string ParentId, string Name)
{
    /// <summary>The spans of an ExportTraceServiceRequest: resource spans (1), scope spans (2), spans (2).</summary>
    public static IReadOnlyList<OtlpSpan> ReadAll(byte[] request) =>
    [
        .. from resource in Fields(request) where resource.Number == 1
           from scope in Fields(resource.Bytes) where scope.Number == 2
           from span in Fields(scope.Bytes) where span.Number == 2
           let fields = Fields(span.Bytes).ToLookup(field => field.Number, field => field.Bytes)
           select new OtlpSpan(Hex(fields[1]), Hex(fields[2]), Hex(fields[4]), Encoding.UTF8.GetString(fields[5].Single())),
    ];

    private static string Hex(IEnumerable<byte[]> bytes) => Convert.ToHexStringLower(bytes.SingleOrDefault() ?? []);

    /// <summary>The fields of a message with their bytes; numbers are passed over.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Number(message, ref at);
                    yield return ((int)(tag >> 3), message[at..(at + length)]);
                    at += length;
                    break;
            }
        }
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }
    }
}
