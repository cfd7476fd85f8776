using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Who stops first: nobody before those that need him.</summary>
internal static class StopOrder
{
    /// <summary>The resources in groups, each of which can stop at once.</summary>
    public static IEnumerable<IReadOnlyList<IResource>> Of(IEnumerable<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        var all = resources.ToList();
        foreach (var resource in all)
            DepthOf(resource, depths);
        return all.GroupBy(resource => depths[resource]).OrderByDescending(group => group.Key).Select(group => group.ToList());
    }

    private static int DepthOf(IResource resource, Dictionary<IResource, int> depths)
    {
        if (depths.TryGetValue(resource, out var known))
            return known;

        // Two that need each other: the one that is met first counts as standing below.
        depths[resource] = 0;
        return depths[resource] = Needs(resource).Select(need => DepthOf(need, depths) + 1).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<IResource> Needs(IResource resource)
    {
        foreach (var annotation in resource.Annotations)
        {
            if (annotation is WaitAnnotation wait)
                yield return wait.Resource;
            else if (annotation is ResourceRelationshipAnnotation relationship)
                yield return relationship.Resource;
        }

        if (resource is IResourceWithParent child)
            yield return child.Parent;
    }
}
