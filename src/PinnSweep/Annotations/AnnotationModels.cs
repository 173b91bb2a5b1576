using System.Text.Json.Serialization;

namespace PinnSweep.Annotations;

/// <summary>The tags of a study.</summary>
/// <param name="Tags">In alphabetical order.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TagsModel([property: JsonRequired] IReadOnlyList<string> Tags);

/// <summary>A note on a study or on one of its levels.</summary>
/// <param name="Number">By which it is removed.</param>
/// <param name="At">When it came.</param>
/// <param name="Factor">The factor of the level; absent where the note is about the study.</param>
/// <param name="Level">The label of the level; absent where the note is about the study.</param>
/// <param name="Text">The note.</param>
internal sealed record NoteModel(int Number, DateTimeOffset At, string? Factor, string? Level, string Text);

/// <summary>The notes of a study.</summary>
/// <param name="Notes">The oldest first.</param>
internal sealed record NotesModel(IReadOnlyList<NoteModel> Notes);

/// <summary>A note to add.</summary>
/// <param name="Text">One line.</param>
/// <param name="Factor">The factor of the level that it is about; absent for the study.</param>
/// <param name="Level">The label of that level.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewNoteModel([property: JsonRequired] string Text, string? Factor = null, string? Level = null);

/// <summary>What was imported into a study.</summary>
/// <param name="Sources">Source by source.</param>
internal sealed record ExternalModel(IReadOnlyList<ExternalSourceModel> Sources);

/// <summary>Results of one source.</summary>
/// <param name="Source">Whose they are.</param>
/// <param name="Results">How many.</param>
/// <param name="Methods">What the source calls its methods.</param>
/// <param name="Problems">On which problems of the study.</param>
/// <param name="ImportedAt">When the last of them came.</param>
internal sealed record ExternalSourceModel(string Source, int Results, IReadOnlyList<string> Methods, IReadOnlyList<string> Problems, DateTimeOffset ImportedAt);

/// <summary>What became of a file of results.</summary>
/// <param name="Added">Results that are new.</param>
/// <param name="Known">Results that were there already.</param>
internal sealed record ImportedModel(int Added, int Known);

/// <summary>What was removed.</summary>
/// <param name="Removed">How many results.</param>
internal sealed record RemovedModel(int Removed);
