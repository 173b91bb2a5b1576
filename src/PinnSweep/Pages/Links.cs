using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pages;

/// <summary>Addresses of pages. A study is called by the beginning of its hash, which names the same study for good.</summary>
internal static class Links
{
    private const int Digits = 12;

    public static string Id(string hash) => hash[..Math.Min(Digits, hash.Length)];

    public static string Study(string hash) => $"/studies/{Id(hash)}";

    public static string Study(StudyPlan plan) => Study(plan.Hash);

    public static string Trials(string hash, string query = "") => $"{Study(hash)}/trials{(query.Length > 0 ? $"?{query}" : "")}";

    public static string Trial(TrialKey key) => $"/trials/{key.Hex}";

    public static string Report(string hash, string format) => $"/api/studies/{Id(hash)}/report?format={format}";

    public static string Query(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";
}
