using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>What <c>studies --store</c> lists: the history that a store is, read without a node and while another process writes.</summary>
internal static class StoredStudies
{
    public static int List(string place, int skip, int take, string? tag, bool asJson, Terminal terminal)
    {
        if (skip < 0 || take < 0)
        {
            throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--skip {skip} --take {take}: expected whole numbers of at least 0"));
        }

        using var store = Store.OpenForReading(place);
        var tags = store.Annotations.Tags.All();
        var all = store.Studies.Summaries().Select(study => study with { Tags = tags.TryGetValue(study.Hash, out var own) ? own : null })
            .Where(study => tag is null || (study.Tags ?? []).Contains(tag)).ToArray();
        var page = all.Skip(skip).Take(take).ToArray();
        var hasTags = page.Any(study => study.Tags is not null);
        if (asJson)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(new Page<StudySummary>(all.Length, skip, page), ApiJson.Indented));
            return ExitCode.Done;
        }

        Columns.Write(
            terminal,
            [
                ["STUDY", "HASH", "STORED (UTC)", "DONE", "GIVEN UP", .. hasTags ? ["TAGS"] : Array.Empty<string>()],
                .. page.Select(study => (IReadOnlyList<string>)
                [
                    study.Name,
                    study.Hash[..Math.Min(8, study.Hash.Length)],
                    study.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{study.Accepted}/{study.Planned}"),
                    study.Quarantined.ToString(CultureInfo.InvariantCulture),
                    .. hasTags ? [string.Join(", ", study.Tags ?? [])] : Array.Empty<string>(),
                ]),
            ]);
        if (skip + page.Length < all.Length)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Length} in all; --skip {skip + page.Length} shows the next"));
        }

        return ExitCode.Done;
    }
}
