using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Reads a file of alerts. Messages name line, key and what is allowed, and never repeat a secret or the address of a hook.
/// </summary>
internal sealed partial class AlertPlanReader
{
    private const int LongestName = 40;
    private const int ShortestSecret = 16;
    private static readonly string[] Keys = ["cluster", "no_worker_minutes", "store_full_percent", "certificate_days", "hooks"];
    private static readonly string[] HookKeys = ["url", "secret", "secret_env", "events", "format"];
    /// <summary>The words for formats.</summary>
    internal static readonly string[] Formats = ["json", "chat"];

    private readonly MistakeList _mistakes = new();
    private readonly Func<string, string?> _variable;

    private AlertPlanReader(Func<string, string?> variable) => _variable = variable;

    /// <summary>The plan that a text says.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="variable">The value of an environment variable.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong.</exception>
    public static AlertPlan Read(string text, string source, Func<string, string?> variable)
    {
        var reader = new AlertPlanReader(variable);
        var plan = reader.Plan(Source(text, source), source);
        reader._mistakes.ThrowIfAny();
        return plan;
    }

    /// <summary>The address of a hook; null where it is none that may be used.</summary>
    internal static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Host.Length > 0 ? url : null;

    /// <summary>The format of a word; null where it is none.</summary>
    internal static AlertFormat? FormatOf(string word) => word switch
    {
        "json" => AlertFormat.Json,
        "chat" => AlertFormat.Chat,
        _ => null,
    };

    /// <summary>What the YAML reader says of a line with a secret may hold the secret: of those lines, the place has to do.</summary>
    private static SourceNode Source(string text, string source)
    {
        var mistakes = new MistakeList();
        try
        {
            var root = SourceReader.Read(text, source, hasLines: true, mistakes);
            mistakes.ThrowIfAny();
            return root;
        }
        catch (UserMistakeException mistake)
        {
            var lines = text.Split('\n');
            throw new UserMistakeException(string.Join('\n', mistake.Message.Split('\n').Select(told =>
                Told().Match(told) is { Success: true } match
                && int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) is var line && line <= lines.Length && Secret().IsMatch(lines[line - 1])
                    ? $"{match.Groups[1].Value}: not valid YAML; put the value between quotes"
                    : told)));
        }
    }

    private AlertPlan Plan(SourceNode root, string source)
    {
        if (root is not SourceNode.Map map)
        {
            throw new UserMistakeException($"{source}: says nothing; expected `hooks:` with a name, and under it the `url:` of each place that is told");
        }

        Unknown(map, "", Keys);
        var hooks = map.Find("hooks") is { } entry ? Hooks(entry) : [];
        if (map.Find("hooks") is null)
        {
            _mistakes.Add(map.Place, "hooks: is missing; it names the places that are told");
        }

        var usual = new AlertPlan(hooks);
        return usual with
        {
            Cluster = map.Find("cluster") is { } cluster ? Text(cluster, "cluster") ?? "" : "",
            NoWorkerFor = TimeSpan.FromMinutes(Number(map, "no_worker_minutes", usual.NoWorkerFor.TotalMinutes, 0.1, 10_000)),
            StoreFullPercent = Number(map, "store_full_percent", usual.StoreFullPercent, 1, 100),
            CertificateNotice = TimeSpan.FromDays(Number(map, "certificate_days", usual.CertificateNotice.TotalDays, 1, 1000)),
        };
    }

    private ImmutableArray<AlertHook> Hooks(SourceEntry entry)
    {
        if (entry.Value is not SourceNode.Map { Entries.Count: > 0 } map)
        {
            _mistakes.Add(entry.Place, "hooks", "expected names of hooks, and under each its `url:`");
            return [];
        }

        return [.. map.Entries.Select(Hook).OfType<AlertHook>()];
    }

    private AlertHook? Hook(SourceEntry entry)
    {
        if (entry.Key.Length > LongestName || !Name().IsMatch(entry.Key))
        {
            _mistakes.Add(entry.Place, $"hooks: a name has at most {LongestName} letters, digits, '-', '_' and '.', unlike {NearestMatch.Quote(entry.Key)}");
            return null;
        }

        var path = $"hooks.{entry.Key}";
        if (entry.Value is not SourceNode.Map map)
        {
            _mistakes.Add(entry.Place, path, "expected at least `url:` under it");
            return null;
        }

        Unknown(map, $"{path}.", HookKeys);
        var url = Url(map, entry.Place, path);
        var secret = Secret(map, path);
        var events = map.Find("events") is { } wanted ? Events(wanted, $"{path}.events") : AlertEvents.All;
        var format = map.Find("format") is { } word ? Format(word, $"{path}.format") : AlertFormat.Json;
        return url is null ? null : new(entry.Key, url, secret, [.. events], format);
    }

    private Uri? Url(SourceNode.Map map, Place place, string path)
    {
        if (map.Find("url") is not { } entry)
        {
            _mistakes.Add(place, path, "url is missing");
            return null;
        }

        var url = entry.Value is SourceNode.Scalar { Text: var text } ? Address(text) : null;
        if (url is null)
        {
            _mistakes.Add(entry.Place, $"{path}.url", "expected an address such as https://hooks.example/pinnsweep: http or https, without user and password");
        }

        return url;
    }

    private string? Secret(SourceNode.Map map, string path)
    {
        var (here, elsewhere) = (map.Find("secret"), map.Find("secret_env"));
        if (here is not null && elsewhere is not null)
        {
            _mistakes.Add(elsewhere.Place, $"{path}.secret_env", $"stands beside secret (line {here.Place.Line.ToString(CultureInfo.InvariantCulture)}); one of them is enough");
            return null;
        }

        if (here is not null)
        {
            return Long(here.Value is SourceNode.Scalar { Text: var text } ? text : "", here.Place, $"{path}.secret", "a secret");
        }

        if (elsewhere is null || Text(elsewhere, $"{path}.secret_env") is not { } name)
        {
            return null;
        }

        if (ChildEnvironment.IsPassedOn(name))
        {
            _mistakes.Add(elsewhere.Place, $"{path}.secret_env", $"{NearestMatch.Quote(name)} would be seen by trainers; a name that begins with PINNSWEEP_, or has SECRET or TOKEN in it, is not");
            return null;
        }

        if (_variable(name) is not { Length: > 0 } value)
        {
            _mistakes.Add(elsewhere.Place, $"{path}.secret_env", $"the environment variable {NearestMatch.Quote(name)} is not set");
            return null;
        }

        return Long(value, elsewhere.Place, $"{path}.secret_env", $"what {name} holds");
    }

    private string? Long(string secret, Place place, string path, string what)
    {
        if (secret.Length >= ShortestSecret)
        {
            return secret;
        }

        _mistakes.Add(place, path, $"{what} has at least {ShortestSecret} letters; `openssl rand -hex 32` makes a good one");
        return null;
    }

    private ImmutableArray<AlertEvent> Events(SourceEntry entry, string path)
    {
        var names = entry.Value is SourceNode.List list ? list.Items : [entry.Value];
        var words = AlertEvents.All.Select(kind => kind.Word()).ToArray();
        var events = ImmutableArray.CreateBuilder<AlertEvent>();
        foreach (var item in names)
        {
            var index = item is SourceNode.Scalar { Text: var text } ? Array.IndexOf(words, text) : -1;
            if (index >= 0)
            {
                events.Add(AlertEvents.All[index]);
            }
            else
            {
                _mistakes.Add(item.Place, path, $"{item.Words} is no event{NearestMatch.Hint((item as SourceNode.Scalar)?.Text ?? "", words)}");
            }
        }

        return events.ToImmutable();
    }

    private AlertFormat Format(SourceEntry entry, string path)
    {
        var word = (entry.Value as SourceNode.Scalar)?.Text ?? "";
        if (FormatOf(word) is { } format)
        {
            return format;
        }

        _mistakes.Add(entry.Place, path, $"{entry.Value.Words} is no format{NearestMatch.Hint(word, Formats)}");
        return AlertFormat.Json;
    }

    private void Unknown(SourceNode.Map map, string path, string[] allowed)
    {
        foreach (var entry in map.Entries.Where(entry => !allowed.Contains(entry.Key)))
        {
            _mistakes.Add(entry.Place, $"{path}{VisibleKey(entry.Key)}", $"unknown key{NearestMatch.Hint(entry.Key, allowed)}");
        }
    }

    private static string VisibleKey(string key) => NearestMatch.Quote(key)[1..^1];

    private string? Text(SourceEntry entry, string path)
    {
        if (entry.Value is SourceNode.Scalar { Text: { Length: > 0 and <= 200 } text })
        {
            return text;
        }

        _mistakes.Add(entry.Place, path, $"expected text, found {entry.Value.Words}");
        return null;
    }

    private double Number(SourceNode.Map map, string key, double usual, double least, double most)
    {
        if (map.Find(key) is not { } entry)
        {
            return usual;
        }

        if (entry.Value is SourceNode.Scalar { Value: SpecValue.Number { Value: var number } } && number >= least && number <= most)
        {
            return number;
        }

        _mistakes.Add(entry.Place, key, string.Create(CultureInfo.InvariantCulture, $"expected a number from {least} to {most}, found {entry.Value.Words}"));
        return usual;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(.*?:(\d+))(?::\d+)?: ", RegexOptions.CultureInvariant)]
    private static partial Regex Told();

    [GeneratedRegex(@"secret|url", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
