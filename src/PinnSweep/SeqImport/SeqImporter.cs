using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PinnSweep.SeqImport;

/// <summary>What an import does with a template.</summary>
internal enum SeqChange
{
    /// <summary>Seq has it, as it is wanted.</summary>
    None,

    /// <summary>Seq has it otherwise.</summary>
    Update,

    /// <summary>Seq does not have it.</summary>
    Create,
}

/// <summary>
/// Brings templates into a Seq: what is missing is created, what differs is updated, what is as it should be is left alone, so a second
/// import changes nothing. An entity is known by its title among the shared ones. What a template does not say stays as it was, above all
/// whom an alert notifies and whether it is disabled. Everything is looked at before anything is written.
/// </summary>
internal static class SeqImporter
{
    /// <summary>Imports, or says what it would do.</summary>
    /// <returns>The server's version, and what was done with each template, in their order.</returns>
    public static async Task<(string Version, ImmutableArray<(SeqTemplate Template, SeqChange Change)> Done)> ImportAsync(
        SeqClient seq, ImmutableArray<SeqTemplate> templates, bool isDry, CancellationToken cancel)
    {
        var root = await seq.RootAsync(cancel);
        var collections = new Dictionary<SeqKind, SeqCollection>();
        foreach (var kind in templates.Select(template => template.Kind).Distinct())
        {
            collections[kind] = await seq.ListAsync(root, kind, cancel);
        }

        var done = ImmutableArray.CreateBuilder<(SeqTemplate, SeqChange)>(templates.Length);
        foreach (var template in templates)
        {
            var collection = collections[template.Kind];
            var there = collection.Entities.FirstOrDefault(entity => (string?)entity["Title"] == template.Title);
            var change = there is null ? SeqChange.Create : EntityComparison.IsAsWanted(template.Entity, there) ? SeqChange.None : SeqChange.Update;
            if (!isDry)
            {
                await CarryOutAsync(seq, collection, template, there, change, cancel);
            }

            done.Add((template, change));
        }

        return (root.Version, done.ToImmutable());
    }

    private static Task CarryOutAsync(SeqClient seq, SeqCollection collection, SeqTemplate template, JsonObject? there, SeqChange change, CancellationToken cancel) => change switch
    {
        SeqChange.Create => seq.CreateAsync(collection, template, cancel),
        SeqChange.Update => seq.UpdateAsync(collection, (string)there!["Id"]!, EntityComparison.Merged(template.Entity, there), template.File, cancel),
        _ => Task.CompletedTask,
    };
}
