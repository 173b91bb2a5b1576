using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>What a parameter of a request means.</summary>
/// <param name="Description">In words.</param>
/// <param name="Mistake">What is answered to a bad one.</param>
/// <param name="Values">What it may be; empty where that is no list.</param>
internal sealed record ParameterWords(string Description, string Mistake, ImmutableArray<string> Values)
{
    // Of one name everywhere, unless a path stands before it.
    private static readonly Dictionary<string, ParameterWords> Known = new(StringComparer.Ordinal)
    {
        ["id"] = Any("A study: its name, its hash, or at least 6 digits of its hash.", "study '-': expected a name, a hash, or at least 6 digits of one"),
        ["key"] = Any("A trial: its key, or at least 4 of its hexadecimal digits.", "trial 'xyz': expected a key, or at least 4 of its hexadecimal digits"),
        ["name"] = Any("The name of a worker.", "worker name: expected one of GET /api/workers"),
        ["sha256"] = Any("The SHA-256 of a content: 64 hexadecimal digits in lower case.", "expected a SHA-256: 64 hexadecimal digits in lower case"),
        ["skip"] = Any("How many to leave out; 0 unless said.", "skip -1: expected 0 or more"),
        ["take"] = Any("How many at most; 100 unless said (400 workers), never more than 1,000 (400 studies or workers).", "take 0: expected 1 to 1000"),
        ["state"] = Any(
            $"One or more, with commas between them, of {string.Join(", ", TrialQuery.States)}; all unless said.", $"state 'wating': a trial is {string.Join(", ", TrialQuery.States)}; nearest 'waiting'"),
        ["cell"] = Any("The number of a cell of /cells; all unless said.", "cell 99: study 'quick' has the cells 0 to 3"),
        ["where"] = Any("FACTOR=LEVEL, for instance balancer=relobralo; may stand more than once: of one factor any, of several all.", "where 'balancer': expected FACTOR=LEVEL, for instance network=mlp"),
        ["seed"] = Any("The replicate; all unless said.", "seed: expected a whole number"),
        ["sort"] = Any(
            $"{string.Join(", ", TrialQuery.Sorts)}; with a minus in front the other way round. What a trial lacks comes last either way.", $"sort 'eror': trials are sorted by {string.Join(", ", TrialQuery.Sorts)}; nearest 'error'"),
        ["trials format"] = OneOf("json unless said; csv has a line a trial, all of them unless a page is asked for.", "format 'exe': expected json or csv", "json", "csv"),
        ["report format"] = OneOf("md unless said.", "format 'exe' is unknown", [.. ReportFormatWords.All.Select(format => format.ToWord()), "zip"]),
        ["table"] = Any("Which table, for format=csv: accuracy, levels, cost, comparisons, trials, curves …", "table 'acuracy' is unknown; nearest 'accuracy'"),
        ["points"] = Any("Points at most, 4 to 5,000; 500 unless said.", "points 3: expected 4 to 5000"),
        ["column"] = Any("A column of /cells; the first unless said.", "column 'helmholz' is none of the study's; nearest 'helmholtz'"),
        ["block"] = Any("A block of /cells; the first unless said.", "block 'network mpl' is none of the study's; nearest 'network mlp'"),
        ["x"] = OneOf("What abscissae are: steps, with running trials, or seconds of training time; steps unless said.", "x 'step': expected steps or seconds; nearest 'steps'", "steps", "seconds"),
        ["after"] = Any("The id of the last event that is known, or a moment such as 20260301T1200000000000Z; from the beginning (a stream: from now on) unless said.", "after 'yesterday': expected the id of an event, or a moment such as 20260301T1200000000000Z"),
        ["left"] = Any("The study to start from, as id elsewhere.", "left and right: expected two studies, for instance left=first&right=second"),
        ["right"] = Any("The study that is held against it.", "left and right: expected two studies, for instance left=first&right=second"),
        ["full"] = Any("Whether commit, engine and machine are looked up of every result of a cell that changed; false unless said.", "full: expected true or false"),
        ["set"] = Any("KEY=VALUE set over the file, for instance budget.steps=500; may stand more than once.", "--set steps: expected KEY=VALUE with a dotted path, for instance --set budget.steps=500"),
        ["priority"] = Any("Trials of a study with a higher number go first; 0 unless said.", "priority: expected a whole number"),
        ["maxRunning"] = Any("Trials of it at a time at most, 1 or more; as many as there are slots unless said.", "maxRunning 0: expected a whole number above 0"),
        ["device"] = OneOf("The kind of slot that its trials need; any unless said.", "device 'gpus' is unknown; nearest 'gpu'", Devices.Cpu, Devices.Gpu),
        ["tag"] = Any("Only studies with this tag; all unless said.", "tag 'a b': expected up to 40 letters, digits, dots, dashes and underscores"),
        ["source"] = Any("The source of results of others, as they were imported.", "source 'paper': no result of study 'quick' is from it"),
        ["number"] = Any("The number of a note, as /notes tells it.", "study quick has no note 9"),
        ["keep"] = Any("Whether the node stays and its worker rests until it is called back; false unless said.", "keep: expected true or false"),
        ["part"] = Any("Which part of the report: all of it unless said.", "part 'acuracy' is none of the report's"),
        ["figures name"] = Any("The name of a figure of /figures.", "figure 'convergence' is none of the report's"),
        ["{name}.svg name"] = Any("The name of a figure of /figures.", "figure 'convergence' is none of the report's"),
        ["scheme"] = OneOf("The ground that it is drawn for; light unless said.", "scheme 'drak' is unknown; nearest 'dark'", "light", "dark"),
        ["file"] = Any("What messages call the file; study.yaml unless said.", "mine.yaml:3: 'helmholz' is no problem; nearest 'helmholtz'"),
    };

    /// <summary>The words of a parameter; null where nobody has written them.</summary>
    /// <param name="path">The path of the request.</param>
    /// <param name="name">The parameter.</param>
    public static ParameterWords? Of(string path, string name) => Known.GetValueOrDefault($"{path.Split('/')[^1]} {name}") ?? Known.GetValueOrDefault(name);

    /// <summary>What is answered to a body that is bad.</summary>
    public static string BodyMistake(string path) => path.EndsWith("/tell", StringComparison.Ordinal)
        ? "searches[0].points[0]: 'optimizer.lr' is missing"
        : path.Contains("blobs", StringComparison.Ordinal) ? "expected a SHA-256: 64 hexadecimal digits in lower case"
        : "study.yaml:3: 'helmholz' is no problem; nearest 'helmholtz'";

    private static ParameterWords Any(string description, string mistake) => new(description, mistake, []);

    private static ParameterWords OneOf(string description, string mistake, params string[] values) => new(description, mistake, [.. values]);
}
