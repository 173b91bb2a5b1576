using Mono.Cecil;
using Mono.Cecil.Rocks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>
/// Folders are namespaces, and at every level the folders beside one another run in one direction. Read from the built assemblies: what a
/// type names in signatures, attributes and code. The files of a folder itself go with it: a folder's own files may use its subfolders and
/// be used by them.
/// </summary>
public class FolderTests
{
    public static TheoryData<string> Projects =>
    [
        "PinnSweep", "PinnSweep.Trainer", "PinnSweep.Cluster", "PinnSweep.Storage", "PinnSweep.Reports", "PinnSweep.Training", "PinnSweep.Methods", "PinnSweep.Problems",
        "PinnSweep.Numerics", "PinnSweep.Jets", "PinnSweep.Studies",
    ];

    [Fact]
    public void All_projects_are_read() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        Projects.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_run_in_one_direction(string project)
    {
        var references = References(project);
        var circles = Levels(references).SelectMany(level => Circles(level)).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(references);
        Assert.True(circles.Length == 0, $"folders of {project} depend on one another in circles:\n{string.Join('\n', circles)}");
    }

    [Theory]
    [InlineData("A.B", "A.C", "A.C", "A.D", "A.D", "A.B")]
    [InlineData("A", "A.B", "A.B.X", "A")]
    public void A_circle_is_found(params string[] edges)
    {
        var references = edges.Chunk(2).Select(edge => new Reference($"P.{edge[0]}.T", $"P.{edge[0]}", $"P.{edge[1]}.U", $"P.{edge[1]}", "P")).ToArray();
        var circles = Levels(references).SelectMany(level => Circles(level)).ToArray();

        // The second is a folder and its own subfolder, which go together.
        Assert.Equal(edges.Length == 6 ? 3 : 0, circles.Length);
    }

    private static List<Reference> References(string project)
    {
        var name = project switch { "PinnSweep" => "pinnsweep", "PinnSweep.Trainer" => "pinnsweep-trainer", _ => project };
        using var assembly = AssemblyDefinition.ReadAssembly(RepositoryPaths.BuildOutput(project, $"{name}.dll"));
        var references = new List<Reference>();
        foreach (var type in assembly.MainModule.GetAllTypes().Where(type => IsOwn(Outermost(type), project)))
        {
            var from = Outermost(type);
            foreach (var used in Used(type).SelectMany(Parts).Select(Outermost).Where(used => IsOwn(used, project) && used.Scope == assembly.MainModule).DistinctBy(used => used.FullName))
            {
                references.Add(new(from.FullName, from.Namespace, used.FullName, used.Namespace, project));
            }
        }

        return references;
    }

    /// <summary>For the project and for each folder with subfolders: references between the folders directly in it.</summary>
    private static IEnumerable<Reference[]> Levels(IReadOnlyCollection<Reference> references)
    {
        var levels = references.SelectMany(reference => Ancestors(reference.FromFolder)).Distinct().Where(folder => folder.StartsWith(references.First().Project, StringComparison.Ordinal)).ToArray();
        return levels.Select(level => references
            .Select(reference => reference with { FromFolder = Child(level, reference.FromFolder), ToFolder = Child(level, reference.ToFolder) })
            .Where(reference => reference.FromFolder.Length > 0 && reference.ToFolder.Length > 0 && reference.FromFolder != reference.ToFolder && !IsParent(level, reference))
            .ToArray());
    }

    /// <summary>
    /// The root of a project is a room of its own, which uses all others; deeper, a folder's own files go with its subfolders.
    /// </summary>
    private static bool IsParent(string level, Reference reference) =>
        level != reference.Project && (reference.FromFolder == level || reference.ToFolder == level);

    private static IEnumerable<string> Circles(Reference[] references)
    {
        var edges = references.ToLookup(reference => reference.FromFolder, reference => reference.ToFolder);
        return references.Where(reference => Reaches(edges, reference.ToFolder, reference.FromFolder)).Select(reference => $"  {reference.FromFolder} → {reference.ToFolder}: {reference.From} uses {reference.To}");
    }

    private static bool Reaches(ILookup<string, string> edges, string from, string target)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
        {
            if (folder == target)
            {
                return true;
            }

            foreach (var next in edges[folder].Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return false;
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = folder; at.Length > 0; at = at.Contains('.', StringComparison.Ordinal) ? at[..at.LastIndexOf('.')] : "")
        {
            yield return at;
        }
    }

    /// <summary>
    /// The folder directly in a level that holds another; the level itself for its own files; empty for what lies elsewhere.
    /// </summary>
    private static string Child(string level, string folder) =>
        folder == level ? level
        : folder.StartsWith($"{level}.", StringComparison.Ordinal) ? $"{level}.{folder[(level.Length + 1)..].Split('.')[0]}"
        : "";

    private static bool IsOwn(TypeReference type, string project) =>
        (type.Namespace == project || type.Namespace.StartsWith($"{project}.", StringComparison.Ordinal)) && !type.Namespace.EndsWith(".Proto", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        var methods = type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .Concat(Attributes(method))
            .Concat(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
            .Concat(method.HasBody ? method.Body.Variables.Select(local => local.VariableType).Concat(method.Body.Instructions.SelectMany(Named)) : []));
        return type.Interfaces.Select(one => one.InterfaceType)
            .Concat(type.BaseType is { } parent ? [parent] : [])
            .Concat(Attributes(type))
            .Concat(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
            .Concat(type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)))
            .Concat(type.Properties.SelectMany(Attributes))
            .Concat(methods);
    }

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().Append(attribute.AttributeType));

    private static IEnumerable<TypeReference> Named(Mono.Cecil.Cil.Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. method is GenericInstanceMethod generic ? generic.GenericArguments : []],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>A type and what it is made of: elements of arrays, arguments of generics.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => specification.ElementType is { } element ? Parts(element) : [],
        GenericParameter => [],
        _ => [type],
    };

    private sealed record Reference(string From, string FromFolder, string To, string ToFolder, string Project);
}
