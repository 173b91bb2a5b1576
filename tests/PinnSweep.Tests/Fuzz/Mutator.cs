using System.Text;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Fuzz;

/// <summary>Makes inputs out of good ones: the same seed makes the same input, so that a finding can be looked at again.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Words =
    [
        "&a ", "*a", "<<: *a", "[", "]", "{", "}", "- ", ": ", "? ", "|", ">", "!!python/object:os.system", "!", "%YAML 1.2", "---\n", "...\n", "\n", "\t", "  ", "#", "'", "\"", "\\", "\0", "\uFEFF", "\u2028", "\uD800",
        "../../etc/passwd", "/etc/passwd", "null", "~", "true", "-1", "0", "1e999", "-1e999", ".nan", ".inf", "99999999999999999999", "0x7fffffffffffffff", "1e-320", "kind: file", "path: ..", "seeds: ", "study: ", "factors: ", "budget: {steps: 2147483648}",
        "exclude:\n  - {}", "# --set [\"a.b.c\", \"1\"]\n", "# --file [\"x\", \"y\"]\n", "# --set ", "published:", "control: ", "𝄞", "ﷺ", "\u202E", "{kind: helmholtz, a1: ", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: ",
    ];

    private static readonly byte[][] Seeds =
    [
        .. BuiltInStudies.Names.Select(name => Encoding.UTF8.GetBytes(BuiltInStudies.Find(name)!.Text)),
        Encoding.UTF8.GetBytes(TestApi.Study),
        Encoding.UTF8.GetBytes(TestApi.LongStudy),
        .. ProblemFileExamples.Names.Select(name => Encoding.UTF8.GetBytes(
            $"# --set [\"seeds\", \"2\"]\n# --file {System.Text.Json.JsonSerializer.Serialize((string[])["p.yaml", ProblemFileExamples.Text(name)])}\nstudy: own\nmetric: residual_l2\nfactors:\n  problem: [{{kind: file, path: p.yaml}}]\nbudget: {{steps: 5}}\n")),
    ];

    private readonly Random _random = new(seed);

    /// <summary>A number below a bound.</summary>
    public int Next(int bound) => _random.Next(bound);

    /// <summary>One of several.</summary>
    public T One<T>(IReadOnlyList<T> several) => several[_random.Next(several.Count)];

    /// <summary>A body that once was a study.</summary>
    public byte[] Study()
    {
        if (_random.Next(50) == 0)
        {
            return Noise(_random.Next(4000));
        }

        var text = new List<byte>(One(Seeds));
        for (var change = 1 + _random.Next(6); change > 0; change--)
        {
            Change(text);
        }

        return [.. text];
    }

    /// <summary>Bytes without any sense.</summary>
    public byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private void Change(List<byte> text)
    {
        var at = _random.Next(text.Count + 1);
        var length = Math.Min(_random.Next(40), text.Count - at);
        switch (_random.Next(6))
        {
            case 0 when text.Count > 0:
                text[Math.Min(at, text.Count - 1)] = (byte)_random.Next(256);
                break;
            case 1:
                text.RemoveRange(at, length);
                break;
            case 2:
                text.InsertRange(at, [.. text.GetRange(at, length)]);
                break;
            case 3:
                var other = One(Seeds);
                var from = _random.Next(other.Length);
                text.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(200))]);
                break;
            default:
                for (var times = _random.Next(20) == 0 ? 2000 : 1; times > 0; times--)
                {
                    text.InsertRange(at, Encoding.UTF8.GetBytes(One(Words)));
                }

                break;
        }
    }
}
