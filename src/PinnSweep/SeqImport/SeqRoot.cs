using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PinnSweep.SeqImport;

/// <summary>What the root of Seq's HTTP interface says.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="Links">To kinds of entities, by name.</param>
internal sealed record SeqRoot(string Version, JsonObject Links);

/// <summary>The shared entities of one kind.</summary>
/// <param name="Items">Where new ones are sent.</param>
/// <param name="Item">Where one is written, with <c>{id}</c> in place of its id.</param>
/// <param name="Entities">As Seq has them.</param>
internal sealed record SeqCollection(string Items, string Item, ImmutableArray<JsonObject> Entities);
